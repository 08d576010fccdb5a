using System.Text.Json;
using CsCheck;
using Pictor.Models.Labels;

namespace Pictor.Models.Tests.Labels;

public sealed class LabelsFileTests
{
    [Fact]
    public void Read_WhatWriteWrote_GivesTheSameLabels()
    {
        Gen<string> text = Gen.OneOf('a', 'ü', '猫', '\t', '\n', '\r', '\\', '|', ' ', '"', 't', 'n', 'r').Array[1, 6].Select(chars => new string(chars));
        Gen.Select(text, text, text.Null(), text.Array[0, 3], text.Array[0, 3], (id, name, chinese, synonyms, broader) => new Label(id, name, chinese) { Synonyms = synonyms, Broader = broader })
            .Array[0, 5].Select(all => all.DistinctBy(label => label.Id, StringComparer.Ordinal).ToArray())
            .Sample(labels => Assert.Equal(JsonSerializer.Serialize<IReadOnlyList<Label>>(labels), JsonSerializer.Serialize(LabelsFile.Read(LabelsFile.Write(labels)))));
    }

    [Fact]
    public void Read_LinesEndingInCarriageReturns_AreRead() =>
        Assert.Equal("b", Assert.Single(LabelsFile.Read("id\tenglish\tchinese\tsynonyms\tbroader\r\na\tb\t\t\t\r\n"u8)).Name);

    [Fact]
    public void Read_AnyBytes_GivesLabelsOrAFormatException() => Gen.Byte.Array[0, 80].Sample(bytes =>
    {
        try
        {
            LabelsFile.Read([.. "id\tenglish\tchinese\tsynonyms\tbroader\n"u8, .. bytes]);
        }
        catch (FormatException)
        {
            // Refused with a reason.
        }
    });
}
