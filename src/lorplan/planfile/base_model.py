"""What all models of the plan file share: frozen values, refused keys, short forms, and checks between keys."""

# Annotations are values here: pydantic reads them all, and one that it must evaluate from text first takes longer.

from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Annotated, Any, ClassVar, Final, NamedTuple, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticKnownError

MAX_LIST: Final = 1000
"""Maximum entries of any other list."""

Path = tuple[str | int, ...]
"""Keys and list indices that lead from one value to another inside it."""


class CheckError(NamedTuple):
    """A contradiction between keys: where to point, as seen from the mapping with these keys, and a sentence."""

    path: Path
    message: str

    def under(self, *path: str | int) -> "CheckError":
        """Return the error as seen from further out, from where `path` leads to the mapping."""
        return self._replace(path=(*path, *self.path))


class Check(NamedTuple):
    """A check between keys of one model: it runs where the fields in `reads` are valid.

    Of the lists in `entries` it takes the entries that are valid; wrong ones are None.
    """

    run: Callable[[Any], Iterator[CheckError]]
    reads: frozenset[str]
    entries: frozenset[str]


_Method = TypeVar("_Method", bound=Callable[[Any], Iterator[CheckError]])


def check(*reads: str, entries: tuple[str, ...] = ()) -> Callable[[_Method], _Method]:
    """Mark a method of a model as a check that reads these fields."""

    def mark(method: _Method) -> _Method:
        vars(method)["check"] = Check(method, frozenset(reads), frozenset(entries))
        return method

    return mark


class Model(BaseModel):
    """A frozen part of the plan file that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    checks: ClassVar[tuple[Check, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:  # noqa: ANN401 - pydantic's signature
        """Collect the checks of a model, in the order of its text."""
        methods = [value for value in vars(cls).values() if isinstance(value, FunctionType)]
        cls.checks = tuple(vars(method)["check"] for method in methods if "check" in vars(method))

    @classmethod
    def expand(cls, value: object) -> object:
        """Turn a short form, such as a bare name, into the mapping that it stands for."""
        return value

    @model_validator(mode="before")
    @classmethod
    def _normalize(cls, value: object) -> object:
        """Expand short forms, and treat a known key without a value as left out."""
        value = cls.expand(value)
        if not isinstance(value, dict) or None not in value.values():
            return value
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: item for key, item in value.items() if item is not None or key not in known}

    @model_validator(mode="after")
    def _run_checks(self) -> Self:
        errors = [error.message for check in self.checks for error in check.run(self)]
        if errors:
            raise ValueError("; ".join(errors))
        return self


def limit_length(number: int) -> BeforeValidator:
    """Refuse a longer list before its entries are validated, each of which could be an error of its own."""

    def refuse_longer(value: object) -> object:
        if isinstance(value, (list, tuple)) and len(value) > number:
            facts = {"field_type": "List", "max_length": number, "actual_length": len(value)}
            raise PydanticKnownError("too_long", facts)  # noqa: EM101 - the kind of error, no message
        return value

    return BeforeValidator(refuse_longer)


_Entry = TypeVar("_Entry")
ListOf = Annotated[tuple[_Entry, ...], Field(max_length=MAX_LIST), limit_length(MAX_LIST)]


def _to_list(value: object) -> object:
    """Take a single word for a list of one."""
    return (value,) if isinstance(value, str) else value


OneOrMore = Annotated[tuple[_Entry, ...], Field(max_length=MAX_LIST), limit_length(MAX_LIST), BeforeValidator(_to_list)]


class Drawn(NamedTuple):
    """Marks a field as an event, which timelines show as this character."""

    symbol: str
