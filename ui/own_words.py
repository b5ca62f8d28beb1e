"""Words of ours where Streamlit writes its own, which it offers no words for: by style sheets, so that nothing else changes.

Its English stays for those who have a page read out; where a later Streamlit names its parts otherwise, its English is seen again.
"""

from __future__ import annotations

import json

from ui.frame import lang, word

# What stands where, in place of English words.
INSTEAD = {
    "[data-testid='stFileUploaderDropzone'] > span button p": "own-words/choose-file",
    "[data-testid='stFileUploaderDropzoneInstructions'] span": "own-words/file-limits",
    "[data-testid='stTextInput'] [data-testid='InputInstructions']": "own-words/press-enter",
    "[data-testid='stTextArea'] [data-testid='InputInstructions']": "own-words/press-control-enter",
}
# Of a file that is too large or of another kind it shows a red sign alone, its reason only under the mouse.
REFUSED = "[data-testid='stFileUploader']:has([data-testid='stFileChipIconError'])"


def style_of_words() -> str:
    """Return the style that puts our words in their places, in the visitor's language."""
    rules = [f"{REFUSED}::after {{ content: {_said('own-words/file-refused')}; font-weight: 600; }}"]
    for place, key in INSTEAD.items() if lang() != "en" else ():
        rules.append(f"{place} {{ font-size: 0; }}")
        rules.append(f"{place}::after {{ content: {_said(key)}; font-size: 0.875rem; }}")
    return "\n".join(rules)


def _said(key: str) -> str:
    return json.dumps(word(key), ensure_ascii=False).replace("<", "")
