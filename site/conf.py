"""The documentation as a site: see site/build. The pages in it are listed in navigation.md."""

project = html_title = "Mineral"
extensions = ["myst_parser"]
myst_heading_anchors = 6
html_theme = "furo"
html_show_copyright = html_copy_source = html_use_index = False
# Examples of JSON and CSV are cut, and no language.
suppress_warnings = ["misc.highlighting_failure"]
