"""nbgrader's settings for this course: stock `nbgrader`, the formgrader and `cnnwidgets` all read them."""

c = get_config()  # type: ignore[name-defined]  # noqa: F821  (nbgrader provides it)

# The repository is the course: authors edit solutions/, learners get exercises/.
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# A test cell that a learner deleted is put back; nbgrader leaves it out by default.
c.OverwriteCells.add_missing_cells = True

# nbgrader gives zero to a test cell that wrote anything to stderr, so one warning from honest code would cost
# every point. A failed test is an error output, never only a line on stderr: what is on stderr does not count.
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = r"\A"

# Seconds for one cell. An endless loop is interrupted, its cell scores zero and the next cells still run.
c.Execute.timeout = 20
# Seconds to wait for the rest of a flood of output after a cell has ended.
c.Execute.iopub_timeout = 10
# Widgets are inert while grading; their state would only swell the autograded notebooks.
c.Execute.store_widget_state = False

# A flood of prints stays readable.
c.LimitOutput.max_lines = 200
c.LimitOutput.max_traceback = 60
