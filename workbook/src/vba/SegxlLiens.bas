Attribute VB_Name = "SegxlLiens"
Option Explicit

' Excel stores a function of an add-in with the path of the author's copy. On another machine that path leads nowhere,
' so such links, and no others, are turned to the copy that is installed here.
Public Sub SegxlReparerLiens(ByVal wb As Workbook)
    Dim liens As Variant, lien As Variant, enregistre As Boolean, alertes As Boolean
    On Error Resume Next
    If wb Is Nothing Then Exit Sub
    liens = wb.LinkSources(xlExcelLinks)
    If Not IsArray(liens) Then Exit Sub
    enregistre = wb.Saved
    alertes = Application.DisplayAlerts
    Application.DisplayAlerts = False
    For Each lien In liens
        If SegxlEstAncien(CStr(lien)) Then wb.ChangeLink CStr(lien), ThisWorkbook.FullName, xlLinkTypeExcelLinks
    Next lien
    Application.DisplayAlerts = alertes
    ' Nobody changed anything: closing must not ask whether to save.
    wb.Saved = enregistre
End Sub

' Return whether a path leads to a copy of this add-in that is not this one, whatever separates its folders.
Private Function SegxlEstAncien(ByVal chemin As String) As Boolean
    Dim morceaux As Variant
    If LCase$(chemin) = LCase$(ThisWorkbook.FullName) Then Exit Function
    morceaux = Split(Replace(Replace(chemin, "/", "\"), ":", "\"), "\")
    SegxlEstAncien = (LCase$(morceaux(UBound(morceaux))) = LCase$(ThisWorkbook.Name))
End Function
