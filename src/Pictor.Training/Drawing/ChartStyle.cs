namespace Pictor.Training.Drawing;

/// <summary>Colours and type of all charts, as CSS. The two main colours keep apart for eyes that confuse red and green.</summary>
internal static class ChartStyle
{
    private const string Shapes =
        """
        text{font:12px system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif;fill:var(--ink)}
        .title{font-size:14px;font-weight:600}.tick{fill:var(--soft);font-variant-numeric:tabular-nums}
        .paper{fill:var(--paper)}.grid{stroke:var(--grid);stroke-width:1}.axis{stroke:var(--soft);stroke-width:1}
        .curve{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.dot{stroke:var(--paper);stroke-width:1}
        .chance{stroke:var(--soft);stroke-width:1;stroke-dasharray:4 4;fill:none}
        .curve.s1{stroke:var(--s1)}.curve.s2{stroke:var(--s2)}.dot.s1,.bar.s1{fill:var(--s1)}.dot.s2,.bar.s2{fill:var(--s2)}
        .curve.s3{stroke:var(--s3)}.curve.s4{stroke:var(--s4)}.curve.s5{stroke:var(--s5)}.curve.s6{stroke:var(--s6)}
        .dot.s3{fill:var(--s3)}.dot.s4{fill:var(--s4)}.dot.s5{fill:var(--s5)}.dot.s6{fill:var(--s6)}
        """;

    public const string Light = "--paper:#fff;--ink:#1c2430;--soft:#5b6675;--grid:#e4e8ee;--s1:#1f6feb;--s2:#c2570c;--s3:#0f8a6c;--s4:#8a4fc7;--s5:#b8336a;--s6:#6b7280";
    public const string Dark = "--paper:#12161c;--ink:#e6eaf0;--soft:#9aa6b5;--grid:#2a323d;--s1:#6cb0ff;--s2:#ff9f5a;--s3:#4fd1ae;--s4:#c59bff;--s5:#ff86b0;--s6:#a3acb9";

    /// <summary>For a file of its own: both palettes, chosen by the reader's setting.</summary>
    public static string Standalone => $"svg{{{Light}}}@media(prefers-color-scheme:dark){{svg{{{Dark}}}}}\n{Shapes}";

    /// <summary>For a page that defines the colours itself.</summary>
    public static string Embedded => Shapes;
}
