Attribute VB_Name = "SegxlActions"
Option Explicit

Private Const EXPORTS As String = "*.csv;*.xlsx;*.xls;*.ods;*.txt;*.xml"

' The one way from a button to Python.
Public Sub SegxlLancer(ByVal action As String)
    Dim argument As String
    If action = "" Or action Like "*[!a-z_]*" Then Err.Raise 5, "segxl", "Action inconnue : " & action
    If SegxlConfigurationAbsente() <> "" Then
        SegxlDire "segxl n’est pas installé pour vous : " & SegxlConfigurationAbsente() & " est absent. " & _
            "Fermez Excel, lancez « segxl installer » dans un terminal, puis rouvrez Excel."
    ElseIf SegxlMotif(action) <> "" Then
        SegxlDire SegxlMotif(action)
    ElseIf action = "redemarrer" Then
        SegxlRedemarrer
    ElseIf SegxlArgument(action, argument) Then
        SegxlPresser action, argument
    End If
End Sub

' Return False when the person gave up; set what the action needs to know besides the workbook.
Private Function SegxlArgument(ByVal action As String, ByRef argument As String) As Boolean
    Dim choix As Variant
    choix = ""
    Select Case action
        Case "importer", "plateformes", "fec", "cartographie", "enquete", "honoraires", "valeur_temps"
            choix = SegxlChoisirExports()
        Case "nouveau"
            If Not SegxlEstAReprendre(ActiveWorkbook) Then choix = SegxlChoisirClasseur()
        Case "diagnostic"
            choix = ThisWorkbook.FullName & "|" & XLWINGS_VERSION & "|" & Application.Version & "|" & SegxlVersion
    End Select
    If VarType(choix) = vbBoolean Then Exit Function
    If IsArray(choix) Then argument = Join(choix, "|") Else argument = choix
    SegxlArgument = True
End Function

' A saved workbook that is not ours yet holds, perhaps, the firm's own list: Python looks, and asks.
Private Function SegxlEstAReprendre(ByVal wb As Workbook) As Boolean
    If wb Is Nothing Then Exit Function
    If wb.Path = "" Then Exit Function
    SegxlEstAReprendre = Not SegxlEstPortefeuille(wb)
End Function

' On macOS the dialog knows neither filters written like this nor several files.
Private Function SegxlChoisirExports() As Variant
    #If Mac Then
        SegxlChoisirExports = Application.GetOpenFilename()
    #Else
        SegxlChoisirExports = Application.GetOpenFilename("Exports (" & EXPORTS & ")," & EXPORTS, 1, _
            "Choisir les exports à importer", , True)
    #End If
End Function

Private Function SegxlChoisirClasseur() As Variant
    #If Mac Then
        SegxlChoisirClasseur = Application.GetSaveAsFilename("portefeuille.xlsx")
    #Else
        SegxlChoisirClasseur = Application.GetSaveAsFilename("portefeuille.xlsx", _
            "Classeur Excel (*.xlsx),*.xlsx", 1, "Nouveau portefeuille")
    #End If
End Function

' On macOS RunPython comes back before Python has finished, and xlwings clears the status bar itself. The Escape key
' would stop this procedure but not Python, and leave Excel in the middle.
Private Sub SegxlPresser(ByVal action As String, ByVal argument As String)
    On Error GoTo Panne
    Application.EnableCancelKey = xlDisabled
    #If Not Mac Then
        Application.StatusBar = "segxl : " & SegxlLibelle(action) & "…"
    #End If
    RunPython "from segxl.faces import ruban; ruban.press('" & action & "', '" & SegxlVersion & "', '" & _
        SegxlHexa(argument) & "')"
Fin:
    On Error Resume Next
    Application.EnableCancelKey = xlInterrupt
    #If Not Mac Then
        Application.StatusBar = False
    #End If
    Exit Sub
Panne:
    Application.StatusBar = False
    SegxlDire SegxlExpliquerPanne(Err.Source, Err.Description)
    Resume Fin
End Sub

Private Sub SegxlRedemarrer()
    #If Mac Then
        SegxlDire "Sur Mac, Python repart à chaque clic : il n’y a rien à redémarrer."
    #Else
        On Error GoTo Panne
        KillPy
        SegxlDire "Python a été arrêté ; il repartira au prochain clic."
        Exit Sub
Panne:
        SegxlDire SegxlExpliquerPanne(Err.Source, Err.Description)
    #End If
End Sub

' Our own errors already say what to do. Any other comes from the start of Python: once it runs, RunPython shows what
' goes wrong by itself.
Private Function SegxlExpliquerPanne(ByVal origine As String, ByVal lu As String) As String
    SegxlExpliquerPanne = lu
    If origine = "segxl" Then Exit Function
    lu = Replace(Replace(lu, vbCr, " "), vbLf, " ")
    SegxlExpliquerPanne = "Python ou xlwings introuvable, ou d’une autre version (lu : « " & lu & " »). " & _
        "Fermez Excel, lancez « segxl installer » dans un terminal, puis rouvrez Excel."
End Function

' Four hexadecimal digits a UTF-16 unit: nothing that a person typed or named is ever read as Python.
Public Function SegxlHexa(ByVal texte As String) As String
    Dim i As Long
    For i = 1 To Len(texte)
        SegxlHexa = SegxlHexa & Right$("000" & Hex$(AscW(Mid$(texte, i, 1)) And &HFFFF&), 4)
    Next i
End Function

Private Sub SegxlDire(ByVal phrase As String)
    MsgBox phrase, vbInformation, "segxl"
End Sub
