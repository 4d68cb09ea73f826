"""What each client brings and costs: concentration, RFM, classes A to D, disagreements."""

from __future__ import annotations
