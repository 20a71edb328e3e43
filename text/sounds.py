"""How Han characters sound, for what somebody mistyped: who writes by sound takes a character that sounds alike."""

from typing import Final

import regex

from text.sound_groups import SOUNDS

_GROUP: Final = regex.compile(r"([a-z]+)(\p{Han}+)")
_SOUND_OF: Final = {character: sound for sound, characters in _GROUP.findall(SOUNDS) for character in characters}


def sound_of(simplified: str) -> tuple[str, ...]:
    """The sound of each character of a simplified text, without tones; a character of its own where it is unknown."""
    return tuple(_SOUND_OF.get(character, character) for character in simplified)
