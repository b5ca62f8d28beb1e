"""Sign-in by Streamlit's own OpenID Connect, where somebody set it up (docs/ui.md): who is let in, under which name they decide."""

from __future__ import annotations

import streamlit as st

from ui.frame import word
from ui.marked import plain

# Whoever signs in comes back to the start page of Streamlit: the browser keeps, in this window only, which address was asked for. Not a
# word of a visitor or a document is in these scripts, and an address can lead nowhere but to these pages.
KEEP_ADDRESS = """<script>
if (!window.zhengmaiSignedIn && (location.search || !location.pathname.endsWith("/")))
  sessionStorage.setItem("zhengmai-wanted", location.pathname + location.search);
</script>"""
GO_BACK = """<script>
{
  window.zhengmaiSignedIn = true; // whoever signs out here and in again begins at the start
  const wanted = sessionStorage.getItem("zhengmai-wanted");
  sessionStorage.removeItem("zhengmai-wanted");
  if (wanted && wanted !== location.pathname + location.search) location.replace(location.origin + wanted);
}
</script>"""
NAMES = ("name", "preferred_username", "email", "sub")  # of what a provider may say of somebody, the first that it does say
LONGEST = 80


def let_in() -> bool:
    """Say whether this visitor may see the pages: everybody, unless sign-in is set up and they have not signed in."""
    if not (st.secrets.load_if_toml_exists() and "auth" in st.secrets):
        return True
    if not getattr(st.user, "is_logged_in", False):
        st.html(KEEP_ADDRESS, unsafe_allow_javascript=True)
        st.info(plain(word("ui/sign-in-needed")))
        st.button(word("action/sign-in"), on_click=st.login, type="primary", help=word("ui/sign-in-needed"))
        return False
    if st.session_state.setdefault("signed-in", "now") == "now":
        st.session_state["signed-in"] = "before"
        st.html(GO_BACK, unsafe_allow_javascript=True)
    st.sidebar.caption(plain(word("ui/signed-in-as", name=signed_in_name())))
    st.sidebar.button(word("action/sign-out"), on_click=st.logout, help=word("ui/sign-out-help"))
    return True


def signed_in_name() -> str:
    """Return the name of who signed in; "" where nobody has to."""
    if not getattr(st.user, "is_logged_in", False):
        return ""
    said = (st.user.get(name) for name in NAMES)
    return next((" ".join(str(one).split())[:LONGEST] for one in said if one), "")
