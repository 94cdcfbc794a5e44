"""Runs submissions in forks of warm processes: learners' code confined, test cells in a process of their own."""
