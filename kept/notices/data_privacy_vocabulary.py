"""A definition in the W3C Data Privacy Vocabulary (DPV 2.3), as JSON-LD, for tools that read it.

DPV describes and does not decide. It has three terms of British law and none for safeguarding: what it lacks is
given a term of our own, so that nothing is forced into a term that means something else.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from kept.notices.means import Collect, Keep, Right, Tell, Use
from kept.notices.purposes import permitting

if TYPE_CHECKING:
    from kept.notices.definition import Definition

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "legal-gb": "https://w3id.org/dpv/legal/gb#",
    "dct": "http://purl.org/dc/terms/",
    "kept": "urn:kept:",
}
BASES = {
    "article-6.public-task": "eu-gdpr:A6-1-e",
    "article-6.legal-duty": "eu-gdpr:A6-1-c",
    "article-6.vital-interests": "eu-gdpr:A6-1-d",
    "article-9.health-care": "eu-gdpr:A9-2-h",
    "article-9.public-interest": "eu-gdpr:A9-2-g",
    "article-9.public-health": "eu-gdpr:A9-2-i",
    "article-9.vital-interests": "eu-gdpr:A9-2-c",
    "article-9.legal-claims": "eu-gdpr:A9-2-f",
}
CLASSES = {
    "personal": "dpv:PersonalData",
    "special": "dpv:SpecialCategoryPersonalData",
    "careful": "dpv:SensitivePersonalData",
    "criminal": "dpv:SensitivePersonalData",
}
SUBJECTS = {
    "child": "dpv:Child",
    "parent": "dpv:ParentOfDataSubject",
    "relative": "dpv:DataSubject",
    "other-child": "dpv:Child",
    "emergency-contact": "dpv:DataSubject",
    "professional": "dpv:Employee",
    "nobody": "dpv:DataSubject",
}
PROCESSING = {"read": "dpv:Consult", "record": "dpv:Record", "tell": "dpv:Disclose", "count": "dpv:Anonymise"}


def dpv(definition: Definition, *, on: date) -> dict[str, Any]:
    """The processes of a service on a day, one for each purpose that is open, with the items they use."""
    graph: list[dict[str, Any]] = [_notice(definition, on)]
    uses = [(c.id, use) for c, use in permitting(definition, Use, on=on) if use.purpose]
    graph += [_process(definition, clause, use, on) for clause, use in uses]
    graph += [_purpose(definition, use) for use in {use.purpose: use for _, use in uses}.values()]
    graph += [
        {"@id": f"kept:item:{item}", "@type": CLASSES[entry.of_class], "dct:title": entry.words}
        for item, entry in sorted(definition.vocabulary.items.items())
    ]
    return {"@context": CONTEXT, "@graph": graph}


def _notice(definition: Definition, on: date) -> dict[str, Any]:
    rights = {right.right for _, right in definition.meaning(Right, on=on)} - {"any"}
    return {
        "@id": f"kept:notice:{definition.service}:{definition.hash[:12]}",
        "@type": "dpv:PrivacyNotice",
        "dct:title": definition.title,
        "dct:issued": definition.dated.isoformat(),
        "dpv:hasDataController": _body(definition, definition.controller, on),
        "dpv:hasRight": [{"@id": f"kept:right:{right}"} for right in sorted(rights)],
        "dpv:hasApplicableLaw": [{"@id": "legal-gb:law-GDPR"}, {"@id": "legal-gb:law-DPA"}],
    }


def _body(definition: Definition, name: str, on: date) -> dict[str, Any]:
    return {"@id": f"kept:body:{name}", "dpv:hasName": definition.bodies[name].name(on)}


def _process(definition: Definition, clause: str, use: Use, on: date) -> dict[str, Any]:
    collects = [c for _, c in permitting(definition, Collect, on=on) if use.purpose in c.purposes]
    tells = [t for _, t in permitting(definition, Tell, on=on) if use.purpose in t.purposes]
    items = sorted({item for collect in collects for item in collect.items})
    parts = sorted({SUBJECTS[part] for collect in collects for part in collect.about})
    recipients = sorted({name for tell in tells for name in tell.recipients})
    return {
        "@id": f"kept:process:{definition.service}:{clause}",
        "@type": "dpv:Process",
        "dct:description": definition.by_id[clause].words,
        "dpv:hasPurpose": {"@id": f"kept:purpose:{use.purpose}"},
        "dpv:hasLegalBasis": [_basis(definition, basis) for basis in use.basis],
        "dpv:hasProcessing": [{"@id": PROCESSING[act]} for act in use.permits],
        "dpv:hasPersonalData": [{"@id": f"kept:item:{item}"} for item in items],
        "dpv:hasDataSubject": [{"@id": part} for part in parts],
        "dpv:hasRecipient": [{"@id": f"kept:recipient:{name}"} for name in recipients],
        "dpv:hasDataController": {"@id": f"kept:body:{definition.controller}"},
        "dpv:hasStorageCondition": _storage(definition, items, on),
    }


def _basis(definition: Definition, basis: str) -> dict[str, Any]:
    known = BASES.get(basis)
    if known:
        return {"@id": known}
    entry = definition.by_id[basis]
    return {"@id": f"kept:law:{basis}", "@type": "dpv:LegalBasis", "dct:source": entry.citation}


def _purpose(definition: Definition, use: Use) -> dict[str, Any]:
    words = definition.vocabulary.purposes[use.purpose or ""].words
    return {"@id": f"kept:purpose:{use.purpose}", "@type": "dpv:Purpose", "dct:title": words}


def _storage(definition: Definition, items: list[str], on: date) -> list[dict[str, Any]]:
    rules = {
        keep.rule
        for _, keep in definition.meaning(Keep, on=on)
        for name in keep.records
        if keep.rule and set(definition.records[name].items) & set(items)
    }
    return [
        {
            "@id": f"kept:rule:{rule}",
            "@type": "dpv:StorageDuration",
            "dct:title": definition.rules[rule].words,
        }
        for rule in sorted(rules)
    ]
