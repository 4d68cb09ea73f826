
' ---- What segxl adds to xlwings' module ----

' A shape of any open workbook can call a procedure of an add-in, even a private one, and gives its name as the caller;
' a formula gives its cell. Code to run comes from the ribbon only.
Private Sub SegxlRefuserAppelant()
    Select Case TypeName(Application.Caller)
        Case "Range", "String"
            Err.Raise 5, "segxl", "segxl ne se lance que depuis son ruban."
    End Select
End Sub

Private Sub SegxlExecuter(ByVal code As String)
    SegxlRefuserAppelant
    On Error GoTo Erreur
    XLPy.Exec code
    Exit Sub
Erreur:
    ShowError "", Err.Description
End Sub

' A bare name would be looked for in the current folder, which may be the one of a file received by mail.
Private Sub SegxlExigerChemin(ByVal interpreter As String)
    If Not IsFullName(interpreter) Then
        Err.Raise 5, "segxl", "segxl n’est pas installé pour vous : lancez « segxl installer » dans un terminal."
    End If
End Sub

' xlwings.utils.prepare_sys_path reads a flag (no folder of a workbook), five places that go with it, then folders.
' An empty folder would mean the current one, so the separator comes with the folders only.
Private Function SegxlPythonPath() As String
    SegxlPythonPath = "false;;;;;"
    If GetConfig("PYTHONPATH") <> "" Then SegxlPythonPath = SegxlPythonPath & ";" & GetConfig("PYTHONPATH")
End Function

' The name goes into a command line, and a workbook may come by mail: macOS lets a name hold what its shell would run.
Private Function SegxlNomDuClasseur() As String
    If ActiveWorkbook Is Nothing Then Exit Function
    SegxlNomDuClasseur = ActiveWorkbook.Name
    #If Mac Then
        If SegxlNomDuClasseur Like "*[""$`\|]*" Then
            Err.Raise 5, "segxl", "Renommez le classeur : son nom ne doit contenir ni "" ni $ ni ` ni \ ni |."
        End If
    #End If
End Function

' The person's configuration, where it should be and is not; empty once segxl is installed.
Public Function SegxlConfigurationAbsente() As String
    If Not FileExists(GetConfigFilePath()) Then SegxlConfigurationAbsente = GetConfigFilePath()
End Function
