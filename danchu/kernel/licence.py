"""The licence under which the published numbers and the rows behind them may be used again."""

DATA_LICENCE = "CC BY 4.0"
DATA_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
