"""What the reports in an output folder are called."""

JSON = "report.json"
SARIF = "report.sarif"
JUNIT = "report.junit.xml"
PAGE = "report.html"

NAMES = (JSON, SARIF, JUNIT, PAGE)
