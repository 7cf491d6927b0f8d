"""What the files of the site are called."""

PAGE = "index.html"
SCRIPT = "assets/library.js"
SITEMAP = "sitemap.xml"
