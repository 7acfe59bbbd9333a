"""What is wrong with a definition is said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kept.notices.faults import Fault, Faulty
from kept.notices.loading import load
from tests.notices.tiny import NOTICE, changed, texts


def faults(everything: Mapping[str, str], service: str = "toy-library") -> tuple[Fault, ...]:
    with pytest.raises(Faulty) as faulty:
        load(everything, service=service)
    return faulty.value.errors


def line_of(name: str, text: str) -> int:
    return next(n for n, line in enumerate(texts()[name].splitlines(), 1) if text in line)


WRONG_WORDS = [
    (NOTICE, "items: [health.allergy], about: [child], from", "items: [health.alergy], about: [child], from",
     "“health.alergy” is not an item of vocabulary.yaml.", "Did you mean “health.allergy”?"),
    (NOTICE, "      roles: [librarian]", "      roles: [librarien]",
     "“librarien” is not a role of roles.yaml.", "Did you mean “librarian”?"),
    (NOTICE, "      recipients: [nursery]", "      recipients: [nurserie]",
     "“nurserie” is not a recipient of recipients.yaml.", "Did you mean “nursery”?"),
    (NOTICE, "use: {purpose: lending", "use: {purpose: lendings",
     "“lendings” is not a purpose of vocabulary.yaml that this notice may name.", "Did you mean “lending”?"),
    (NOTICE, "use: {purpose: lending", "use: {purpose: somebody-elses",
     "“somebody-elses” is not a purpose of vocabulary.yaml that this notice may name.", ""),
    (NOTICE, "[article-6.public-task, article-9.health-care]", "[article-6.public-tusk]",
     "“article-6.public-tusk” is not an entry of law.yaml.", "Did you mean “article-6.public-task”?"),
    (NOTICE, "body: toy-trust", "body: toy-thrust",
     "“toy-thrust” is not a body of recipients.yaml.", "Did you mean “toy-trust”?"),
    (NOTICE, "rule: two-years-after-leaving", "rule: two-year-after-leaving",
     "“two-year-after-leaving” is not a rule of retention.yaml.", "Did you mean “two-years-after-leaving”?"),
    (NOTICE, "source: [toys-6.02]", "source: [toys-6.22]",
     "“toys-6.22” is not a statement of statements.yaml.", "Did you mean “toys-6.02”?"),
    (NOTICE, "resident_of: [anytown]", "resident_of: [anytwon]",
     "“anytwon” is not an area of vocabulary.yaml.", "Did you mean “anytown”?"),
    (NOTICE, "    inform: {of: breach", "    infrom: {of: breach",
     "“infrom” means nothing here.", "Did you mean “inform”?"),
    (NOTICE, "ages: {from: birth, until", "agse: {from: birth, until",
     "“agse” means nothing here.", "Did you mean “ages”?"),
    (NOTICE, "      standing: [service]", "      standing: [servise]",
     "“servise” is not one of the words that can stand here.", "Did you mean “service”?"),
    (NOTICE, "  section: more\n  says: Toys", "  section: moor\n  says: Toys",
     "“moor” is not one of the words that can stand here.", "Did you mean “more”?"),
    ("vocabulary.yaml", "class: special, words: allergies", "class: spicial, words: allergies",
     "“spicial” is not one of the words that can stand here.", "Did you mean “special”?"),
    ("law.yaml", "  citation: UK GDPR Article 6(1)(e)", "  citaton: UK GDPR Article 6(1)(e)",
     "“citaton” means nothing here.", "Did you mean “citation”?"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "wrong", "suggestion"), WRONG_WORDS)
def test_a_word_that_is_not_known_is_named_with_its_line_and_the_nearest_that_is(
    file: str, old: str, new: str, wrong: str, suggestion: str
) -> None:
    found = faults(changed(file, old, new))
    said = [fault for fault in found if fault.wrong == wrong]
    assert said, found
    if suggestion:
        assert said[0].suggestion == suggestion
    everything = changed(file, old, new)
    first_changed = everything[file].split(new)[0].count("\n") + 1
    assert said[0].file == file
    assert first_changed <= said[0].line <= first_changed + new.count("\n")


NOT_YAML = [
    ("picture: building", "picture: &b building", "Anchors and aliases (& and *) are not allowed."),
    ("picture: building", "picture: !!python/object:os.system ls", "is not allowed"),
    ("  section: more\n  says: Toys", "  section: more\n  section: why\n  says: Toys", "“section” is written twice."),
    ("picture: building", "<<: {picture: building}", "Merge keys (<<) are not allowed."),
    ("picture: building", "pictur\u0435: building", "U+0435 (cyrillic small letter ie), which is no plain letter."),
    ("says: Toys help children grow.", "says: T\u043eys help children grow.", "mixes letters that look alike"),
    ("says: Toys help children grow.", "says: Toys \u202ehelp children grow.", "invisible character"),
    ("title: Toy Library", "title: 2026", "Text is meant here, and “2026” is written."),
    ("title: Toy Library", "title: 007", "007 is read as a number and would be changed."),
    ("title: Toy Library", "title: true", "Text is meant here, and true is written."),
    ("title: Toy Library", "title: 2026-01-05", "Text is meant here, and “2026-01-05” is written."),
    ("dated: 2026-01-05", "dated: 2026-02-30", "2026-02-30 is no day of the calendar."),
    ("dated: 2026-01-05", "dated: 20260105", "A day is written as 2026-06-26."),
    ("dated: 2026-01-05", 'dated: "2026-01-05"', "A day is written as 2026-06-26."),
    ("title: Toy Library", "title: [Toy", "This is not YAML"),
    ("title: Toy Library", "title: ''", "Nothing is written here."),
    ("until: {years: 5}", "until: {years: five}", "A whole number is meant here, and the text “five” is written."),
    ("      roles: [librarian]", "      roles: librarian", "A list is meant here, and the text “librarian”"),
    ("notice:\n", "notices:\n", "“notices” means nothing here."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wrong"), NOT_YAML)
def test_what_could_hide_a_meaning_is_refused(old: str, new: str, wrong: str) -> None:
    said = [str(fault) for fault in faults(changed(NOTICE, old, new))]
    assert any(wrong in sentence for sentence in said), said


def test_a_telephone_number_without_quotes_is_refused_before_its_zeros_are_lost() -> None:
    everything = changed("recipients.yaml", '"01632 960001"', "01632960001")
    (fault,) = faults(everything)
    assert fault.line == line_of("recipients.yaml", "01632 960001")
    assert fault.suggestion == "Put it in quotes."


NO_SENSE = [
    ("collect: {closes: items, class: personal}", "collect: {closes: items}",
     "“closes: items” and “class” go together"),
    ("collect: {closes: items, class: personal}", "collect: {closes: items, class: personal, for: [lending]}",
     "a clause that closes a list names nothing itself: take out for"),
    ("collect: {items: [health.allergy], about: [child], from: [the-person], for: [lending]}",
     "collect: {items: [health.allergy], about: [child]}", "“collect” needs “from” and “for” as well."),
    ("      agreement: {ask: first}\n", "", "Nothing says whether the family is asked first."),
    ("    offer: {formats: [large-print]}", "    offer: {formats: [large-print]}\n    explain: {}",
     "A clause that only explains can mean nothing else."),
    ("  means:\n    offer: {formats: [large-print]}", "  means: {}", "The clause means nothing."),
    ("- id: more.play", "- id: more.large", "The id “more.large” is used twice."),
    ("  says: Toys help children grow.", "  says: {fr: Les jouets}", "The English words (en) are missing."),
    ("serve: {ages: {from: birth, until: {years: 5}}, with: parent, resident_of: [anytown]}", "serve: {with: parent}",
     "“serve” needs “ages”, “resident_of” or both"),
    ("in_force: {from: 2026-01-05}", "in_force: {from: 2026-01-05, until: 2026-01-05}", "It ends before it begins."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wrong"), NO_SENSE)
def test_what_makes_no_sense_is_refused(old: str, new: str, wrong: str) -> None:
    said = [str(fault) for fault in faults(changed(NOTICE, old, new))]
    assert any(wrong.lower() in sentence.lower() for sentence in said), said


def test_every_error_of_every_file_is_said_at_once() -> None:
    everything = texts()
    everything[NOTICE] = everything[NOTICE].replace("picture: building", "pictur: building")
    everything["roles.yaml"] = everything["roles.yaml"].replace("held_by: controller", "held_by: nobody")
    everything["law.yaml"] = everything["law.yaml"].replace("status: confirmed", "status: sure", 1)
    everything["recipients.yaml"] = everything["recipients.yaml"].replace("phone: ", "fone: ")
    found = faults(everything)
    assert [fault.file for fault in found] == ["law.yaml", "recipients.yaml", "roles.yaml", NOTICE]
    assert all(fault.line > 0 for fault in found)


def test_a_missing_file_and_an_unknown_one_are_errors() -> None:
    everything = texts()
    everything["vocabulry.yaml"] = everything.pop("vocabulary.yaml")
    said = [str(fault) for fault in faults(everything)]
    assert "vocabulary.yaml: The file is missing." in said
    assert any("Did you mean “vocabulary.yaml”?" in sentence for sentence in said)


def test_a_service_that_no_file_is_the_notice_of_is_an_error() -> None:
    (fault,) = faults(texts(), service="toy-librarry")
    assert fault.wrong == "The notice of “toy-librarry” should be one file; it is no file under services/."


def test_two_files_cannot_be_the_notice_of_one_service() -> None:
    everything = texts()
    everything["services/again.yaml"] = everything[NOTICE]
    (fault,) = faults(everything)
    assert "it is services/again.yaml and services/toy_library.yaml" in fault.wrong


def test_other_files_are_left_alone() -> None:
    everything = texts() | {"README.md": "# hello", "services/notes.txt": "service: toy-library"}
    assert load(everything, service="toy-library").hash == load(texts(), service="toy-library").hash


def test_a_sentence_with_a_comma_in_braces_is_told_to_take_quotes() -> None:
    everything = changed("vocabulary.yaml", "words: allergies}", "words: allergies, asthma and eczema}")
    (fault,) = faults(everything)
    assert fault.suggestion == "A sentence with a comma goes in quotes."
