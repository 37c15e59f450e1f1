"""The command that holds a report's figures against its evidence."""

from scrutiny_pack.errors import ClaimsError, InputFileError
from scrutiny_pack.options import Options
from scrutiny_pack.workspace import Workspace


def audit(options: Options) -> int:
    """Say which figures of a report do not hold."""
    from scrutiny_pack.claims.frames import CLAIMS, audited
    from scrutiny_pack.claims.opening import reference_datasets
    from scrutiny_pack.claims.record import in_lines
    from scrutiny_pack.dfe.supply import RELEASE
    from scrutiny_pack.inputs.receipt import raise_if_critical
    from scrutiny_pack.inputs.supplied import supplied_datasets
    from scrutiny_pack.inputs.validation import check_inputs
    from scrutiny_pack.parameters import read_parameters
    from scrutiny_pack.run.choose import choose_council, choose_period
    from scrutiny_pack.sidecars import read_sidecars

    workspace = Workspace.find(options.text("workspace"))
    council = choose_council(workspace, options.text("council"))
    period = choose_period(workspace, council, options.text("period"))
    folder = workspace.data_folder(council, str(period))
    names = supplied_datasets(folder)
    if CLAIMS not in names:
        msg = (
            f"there is no {workspace.shown(folder / 'claims.csv')}: list the figures that "
            "the report states there, as docs/claims.md says"
        )
        raise InputFileError(msg)
    datasets, receipt = check_inputs(
        folder, names, workspace.suites, workspace.output / ".checks"
    )
    raise_if_critical(receipt)
    frames = {name: dataset.frame for name, dataset in datasets.items()}
    parameters = read_parameters(
        workspace, council, str(period), read_sidecars(workspace.notebooks)
    )
    reference = reference_datasets(workspace, council, period, parameters.get(RELEASE))
    made = audited(frames, reference)
    print("\n".join(in_lines(made, frames)), flush=True)
    if options.is_set("strict") and made.contradicts:
        msg = (
            f"{council} {period}: not every figure of the report agrees with its evidence; "
            "the list begins with those that do not"
        )
        raise ClaimsError(msg)
    return 0
