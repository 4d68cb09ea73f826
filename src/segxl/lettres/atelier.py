"""Where one client's letter is written and looked over before it may leave for the folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

from segxl.domain.envoi import VALIDE
from segxl.lettres.courriels import ModeleCourriel, read_courriel
from segxl.lettres.formats import render_eml
from segxl.lettres.fusion import Modele, read_modele
from segxl.lettres.gardes import (
    approval_reason,
    email_reason,
    find_empty,
    opposition_reason,
)
from segxl.lettres.modeles import COURRIEL, LETTRE, find_modele, modele_folders
from segxl.lettres.preparation import Lettre
from segxl.lettres.secret import AutresClients
from segxl.lettres.vocations import vocation_of
from segxl.shipped import shipped_path

FORMATS = ("docx", "eml", "pdf")
TO_COMPLETE = "complétez ou corrigez, puis relancez « Courriers »"
TO_RESPECT = (
    "respectez ce choix : seule une information due au titre de la mission peut lui être écrite"
)


class Motif(NamedTuple):
    """Why a letter is held: the header of Clients it is about, the reason, what to do."""

    header: str
    reason: str
    remedy: str = TO_COMPLETE


@dataclass(frozen=True, slots=True, kw_only=True)
class Brouillon:
    """What came out for one client: files by format, or the reasons why there is none."""

    files: Mapping[str, bytes]
    reasons: tuple[Motif, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Atelier:
    """The models of one run, compiled once, and every client's name to look for."""

    lettres: Mapping[str, Modele]
    courriels: Mapping[str, ModeleCourriel]
    formats: tuple[str, ...]
    autres: AutresClients

    @classmethod
    def open(
        cls,
        noms: Iterable[str],
        formats: tuple[str, ...],
        folder: Path,
        clients: Iterable[Mapping[str, object]],
        known_texts: Iterable[str],
    ) -> Self:
        """Read the models that a run needs.

        Parameters
        ----------
        noms : iterable of str
            Names of models, as the table Segments gives them.
        formats : tuple of str
            Among ``FORMATS``; a PDF is a Word letter first.
        folder : Path
            The folder of the workbook: its subfolder « Modèles » wins over the shipped models.
        clients : iterable of Mapping
            Every row of Clients, whose names no other client's letter may hold.
        known_texts : iterable of str
            The firm's own words: letterhead, grid, advice.

        Raises
        ------
        SaisieError
            A model is missing, damaged, or uses a field that does not exist.
        """
        names = [*dict.fromkeys(noms)]
        internal = [n for n in names if vocation_of(n).is_interne]
        papers = names if {"docx", "pdf"} & set(formats) else internal
        mails = [n for n in names if n not in internal] if "eml" in formats else []
        lettres = {
            n: read_modele(find_modele(n, modele_folders(folder, LETTRE), LETTRE)) for n in papers
        }
        courriels = {
            n: read_courriel(find_modele(n, modele_folders(folder, COURRIEL), COURRIEL))
            for n in mails
        }
        models: list[Modele | ModeleCourriel] = [*lettres.values(), *courriels.values()]
        static = [text for model in models for text in _known_words(model)]
        return cls(
            lettres=lettres,
            courriels=courriels,
            formats=formats,
            autres=AutresClients.of(clients, [*known_texts, *static]),
        )

    def write(self, lettre: Lettre, sender: str = "") -> Brouillon:
        """Write one client's drafts; all of them, or none with the reasons."""
        nom, champs = lettre.modele, lettre.champs
        reasons = [*self._find_reasons(lettre)]
        files: dict[str, bytes] = {}
        texts = []
        if not reasons and nom in self.lettres:
            content, text = self.lettres[nom].render(champs)
            texts.append(text)
            # What stays in the firm is never a message to send.
            forms = [f for f in self.formats if f != "eml"] or ["docx"]
            files |= dict.fromkeys(forms, content)
        if not reasons and nom in self.courriels:
            courriel = self.courriels[nom].render(champs)
            texts.append(courriel.text)
            files["eml"] = render_eml(courriel, lettre.client.get("E-mail"), sender=sender)
        named = dict.fromkeys(
            r for text in texts for r in self.autres.found_in(text, champs.dossier)
        )
        reasons += [Motif("Dossier", reason) for reason in named]
        return Brouillon(files={} if reasons else files, reasons=tuple(reasons))

    def _find_reasons(self, lettre: Lettre) -> Iterator[Motif]:
        """Yield what holds the letter before it is even written."""
        nom, client, vocation = lettre.modele, lettre.client, lettre.vocation
        if vocation.is_validee and (told := approval_reason(vocation.titre, client.get(VALIDE))):
            yield Motif("Dossier", *told)
        reason = opposition_reason(client.get("Opposition"))
        is_called = vocation.is_interne and lettre.choix.is_demande
        if reason and vocation.is_proposition and not is_called:
            yield Motif("Opposition", reason, TO_RESPECT)
        if nom in self.courriels and (reason := email_reason(client.get("E-mail"))):
            yield Motif("E-mail", reason)
        models = (self.lettres, self.courriels)
        usages = [m[nom].usage for m in models if nom in m]
        required = frozenset(name for usage in usages for name in usage.required)
        reserves = lettre.reserves
        for reserve in dict.fromkeys(reserves[n] for n in sorted(required & reserves.keys())):
            yield Motif("Dossier", *reserve)
        for reason in dict.fromkeys(
            r for usage in usages for r in find_empty(usage, lettre.champs, reserves, client)
        ):
            yield Motif("Dossier", reason)


def _known_words(model: Modele | ModeleCourriel) -> list[str]:
    """Return the words of a model that are no leak.

    A shipped model names nobody. The firm's own may keep the name of the client it was first
    written for: there only single words are known.
    """
    if model.path.is_relative_to(shipped_path("templates")):
        return [model.static_text]
    return model.static_text.split()
