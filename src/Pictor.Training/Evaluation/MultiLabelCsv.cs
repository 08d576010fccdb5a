using System.Globalization;
using System.Text;
using Pictor.Datasets.Tables;

namespace Pictor.Training.Evaluation;

/// <summary>Predictions of several classes as a file: <c>file,labels,</c> and a column for each class; labels stand in one field, with | between them.</summary>
internal static class MultiLabelCsv
{
    public static void Write(string path, MultiLabelJudgement judgement)
    {
        var text = new StringBuilder("file,labels");
        foreach (string name in judgement.Names)
            text.Append(',').Append(CsvField.Quote(name));
        text.Append('\n');
        for (int i = 0; i < judgement.Table.Samples; i++)
        {
            var labels = new List<string>();
            for (int k = 0; k < judgement.Names.Count; k++)
            {
                if (judgement.Table.Truth(i)[k])
                    labels.Add(judgement.Names[k]);
            }

            text.Append(CsvField.Quote(judgement.Files[i])).Append(',').Append(CsvField.Quote(string.Join('|', labels)));
            foreach (double score in judgement.Table.Scores(i))
                text.Append(',').Append(score.ToString("R", CultureInfo.InvariantCulture));
            text.Append('\n');
        }

        Runs.RunFiles.Replace(path, text.ToString());
    }
}
