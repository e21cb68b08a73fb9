"""The check digit of identity numbers (Luhn's rule)."""

_DOUBLED = {str(digit): digit * 2 // 10 + digit * 2 % 10 for digit in range(10)}


def has_right_check_digit(digits: str) -> bool:
    """Whether the last digit follows from those before it.

    >>> has_right_check_digit("8112189876"), has_right_check_digit("8112189875")
    (True, False)
    """
    return (sum(map(int, digits[-1::-2])) + sum(map(_DOUBLED.__getitem__, digits[-2::-2]))) % 10 == 0
