using CsCheck;
using Pictor.Library.Finding.Asking;

namespace Pictor.Library.Tests.Finding;

public sealed class QuestionParserTests
{
    [Theory]
    [InlineData("cat dog", "cat & dog")]
    [InlineData("-cat \"sports car\"", "!cat & 'sports car'")]
    [InlineData("cat|dog", "(cat or dog)")]
    [InlineData("cat | dog bird", "(cat or dog) & bird")]
    [InlineData("tag:beach", "tag:beach")]
    [InlineData("tag:\"new york\" -folder:old", "tag:new york & !folder:old")]
    [InlineData("tag:cat|dog", "tag:cat|dog")]
    [InlineData("tag:cat|colour:red", "(tag:cat or colour:red)")]
    [InlineData("标签：海边 收藏:是", "tag:海边 & favourite:是")]
    [InlineData("color:red stars:>3", "colour:red & rating:>3")]
    [InlineData("12:30 https://x.org C:\\x note: this", "12:30 & https://x.org & C:\\x & note: & this")]
    [InlineData("\"tag:beach\"", "'tag:beach'")]
    [InlineData("“two words”", "'two words'")]
    [InlineData("a - b", "a & - & b")]
    [InlineData("\"open", "'open'")]
    public void Parse_Question_TakesItApart(string text, string expected) => Assert.Equal(expected, Show(QuestionParser.Parse(text)));

    [Theory]
    [InlineData("beach tga:sea", 7, "Did you mean 'tag:'?")]
    [InlineData("xyzzy:sea", 1, "Filters are")]
    [InlineData("tag:", 5, "no value")]
    [InlineData("a tag: b", 7, "no value")]
    [InlineData("cat |", 6, "bar")]
    [InlineData("| cat", 1, "bar")]
    public void Parse_Fault_NamesThePosition(string text, int at, string part)
    {
        InputException fault = Assert.Throws<InputException>(() => QuestionParser.Parse(text));
        Assert.Equal($"text, character {at}", fault.Subject);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        Assert.Equal("search.filter", fault.Code);
    }

    [Fact]
    public void ParseFilter_Word_IsRefused() =>
        Assert.Contains("character 11", Assert.Throws<InputException>(() => QuestionParser.ParseFilter("tag:beach sea")).Subject, StringComparison.Ordinal);

    /// <summary>Whatever is typed is a question or an InputException; never anything else, and never without an end.</summary>
    [Fact]
    public void Parse_Anything_NeverFails() => Gen.OneOf(Gen.String[Gen.Char["tag:- |\"ab:： \t>.=海“”"], 0, 40], Gen.String[0, 40]).Sample(text =>
    {
        try
        {
            _ = QuestionParser.Parse(text);
        }
        catch (InputException e)
        {
            Assert.NotEmpty(e.Remedy);
        }
    });

    private static string Show(Question question) => string.Join(" & ", question.Terms.Select(t =>
    {
        string choices = string.Join(" or ", t.Choices.Select(c => c is Library.Finding.Asking.Words word ? word.Quoted ? $"'{word.Text}'" : word.Text : c.ToString()));
        return (t.Minus ? "!" : "") + (t.Choices.Count > 1 ? $"({choices})" : choices);
    }));
}
