Attribute VB_Name = "SegxlRuban"
Option Explicit

Private Ruban As IRibbonUI

Public Sub SegxlRibbonLoad(ribbon As IRibbonUI)
    Set Ruban = ribbon
End Sub

Public Sub SegxlRibbonAction(control As IRibbonControl)
    SegxlLancer control.Tag
End Sub

Public Sub SegxlEnabled(control As IRibbonControl, ByRef enabled)
    enabled = (SegxlMotif(control.Tag) = "")
End Sub

Public Sub SegxlSupertip(control As IRibbonControl, ByRef supertip)
    supertip = SegxlAide(control.Tag)
    If SegxlMotif(control.Tag) <> "" Then supertip = supertip & vbCrLf & vbCrLf & SegxlMotif(control.Tag)
End Sub

' Excel asks again when it next draws the tab, so this costs nothing while another tab is shown.
Public Sub SegxlRafraichir()
    If Ruban Is Nothing Then Exit Sub
    On Error Resume Next
    Ruban.Invalidate
End Sub

' Why an action is not available now; empty when it is. In protected view no workbook is active.
Public Function SegxlMotif(ByVal action As String) As String
    If SegxlToujours(action) Then Exit Function
    If SegxlEstPortefeuille(ActiveWorkbook) Then Exit Function
    SegxlMotif = "Ouvrez un classeur segxl, ou créez-le avec « Nouveau portefeuille »."
End Function

' A workbook made by segxl has a table Clients; one that was adopted names its own table segxl_Clients.
Public Function SegxlEstPortefeuille(ByVal wb As Workbook) As Boolean
    Dim feuille As Worksheet, tableau As ListObject, nom As Name
    If wb Is Nothing Then Exit Function
    For Each feuille In wb.Worksheets
        For Each tableau In feuille.ListObjects
            If LCase$(tableau.Name) = "clients" Then SegxlEstPortefeuille = True
        Next tableau
    Next feuille
    On Error Resume Next
    Set nom = wb.Names("segxl_Clients")
    If Not nom Is Nothing Then SegxlEstPortefeuille = True
End Function
