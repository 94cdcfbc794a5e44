"""The made-up class: one file a learner, one definition an answer cell. `cnnwidgets.demo.learner` reads them."""
