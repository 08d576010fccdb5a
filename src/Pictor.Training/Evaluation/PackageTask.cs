using Pictor.Datasets;
using Pictor.Models.Packages;

namespace Pictor.Training.Evaluation;

/// <summary>Whether a package answers the question that a data set asks.</summary>
internal static class PackageTask
{
    public const string Regressor = "regressor";

    /// <exception cref="InputException">It does not: says what either is for.</exception>
    public static void Check(ModelPackage package, Dataset data)
    {
        DatasetTask answers = package.Manifest.Task == Regressor ? DatasetTask.Numeric : package.Manifest.MultiLabel ? DatasetTask.MultiLabel : DatasetTask.SingleLabel;

        // A single class is a set of classes too.
        if (answers == data.Task || (answers == DatasetTask.MultiLabel && data.Task == DatasetTask.SingleLabel))
            return;
        throw new InputException(package.Reference, $"it gives {Words(answers)}, and {data.Path} has {Words(data.Task)}", "Name data and a package of the same kind.") { Code = "package.wrong-task" };
    }

    private static string Words(DatasetTask task) => task switch
    {
        DatasetTask.SingleLabel => "one class for each picture",
        DatasetTask.MultiLabel => "any number of classes for each picture",
        _ => "a number for each picture",
    };
}
