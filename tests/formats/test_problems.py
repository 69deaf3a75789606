from knotwork.formats.problems import InputProblem, Remark


def test_a_problem_is_one_sentence_with_its_place():
    problem = InputProblem("votes.csv", row=3, column="vote", found="x", expected="1, 0 or -1")
    assert str(problem) == "votes.csv, row 3, column vote: found x, expected 1, 0 or -1."


def test_a_problem_of_a_whole_file_names_no_row():
    assert (
        str(InputProblem("a.csv", found="", expected="a table")) == "a.csv: found nothing, expected a table."
    )


def test_what_was_found_is_cut_and_kept_on_one_line():
    problem = InputProblem("a.csv", found="x\ny " * 100, expected="less")
    assert "\n" not in str(problem)
    assert len(problem.found) == 120


def test_a_remark_has_words():
    assert Remark("statements_without_text", 3).in_words().startswith("3 statements have votes")
