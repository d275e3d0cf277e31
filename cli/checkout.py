"""The checkout that the commands for those who work on Khabar are about."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
