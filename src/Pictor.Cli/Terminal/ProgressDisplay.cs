using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Pictor.Cli.Terminal;

/// <summary>
/// A bar with rate and time left when stderr is a terminal, a line every few seconds when it is not.
/// Reports may come from any thread; drawing is limited to ten times a second.
/// </summary>
internal sealed class ProgressDisplay : IProgress<Progress>, IDisposable
{
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);
    private readonly TextWriter _error;
    private readonly bool _quiet;
    private readonly bool _bar;
    private readonly bool _colour;
    private readonly Lock _gate = new();
    private string? _stage;
    private long _stageStart;
    private long _lastDrawn;
    private int _width;

    public ProgressDisplay(TextWriter error, bool quiet)
    {
        _error = error;
        _quiet = quiet;
        _bar = !Console.IsErrorRedirected && ReferenceEquals(error, Console.Error);
        _colour = _bar && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    }

    public void Report(Progress value)
    {
        if (_quiet) return;
        lock (_gate)
        {
            long now = Stopwatch.GetTimestamp();
            bool first = !string.Equals(_stage, value.Stage, StringComparison.Ordinal);
            if (first)
            {
                Clear();
                (_stage, _stageStart, _lastDrawn) = (value.Stage, now, _bar ? 0 : now);
            }

            if (_lastDrawn != 0 && Stopwatch.GetElapsedTime(_lastDrawn, now) < (_bar ? BetweenFrames : BetweenLines)) return;
            _lastDrawn = now;
            Draw(value, Stopwatch.GetElapsedTime(_stageStart, now));
        }
    }

    /// <summary>Takes the bar away so that something else can be written; the next report draws it again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (!_bar || _width == 0) return;
            _error.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }

    public void Dispose() => Clear();

    internal static string Describe(Progress value, TimeSpan elapsed, bool bar)
    {
        var line = new StringBuilder(value.Stage);
        double rate = elapsed.TotalSeconds > 0.2 ? value.Done / elapsed.TotalSeconds : 0;
        if (value.Total is > 0 and long total)
        {
            double share = Math.Clamp((double)value.Done / total, 0, 1);
            if (bar) line.Append(' ').Append('█', (int)(share * 24)).Append('░', 24 - (int)(share * 24));
            line.Append(CultureInfo.InvariantCulture, $" {share * 100:0} %  {value.Done:N0}/{total:N0}");
        }
        else if (value.Done > 0)
        {
            line.Append(CultureInfo.InvariantCulture, $" {value.Done:N0}");
        }

        if (rate > 0) line.Append(CultureInfo.InvariantCulture, $"  {rate:#,0.#}/s");
        if (rate > 0 && value.Total is long all && all > value.Done)
            line.Append("  ").Append(Duration(TimeSpan.FromSeconds((all - value.Done) / rate))).Append(" left");
        if (value.Note is { Length: > 0 } note) line.Append("  ").Append(note);
        return line.ToString();
    }

    internal static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min"),
    };

    private void Draw(Progress value, TimeSpan elapsed)
    {
        string line = Describe(value, elapsed, _bar);
        if (!_bar)
        {
            _error.WriteLine(line);
            return;
        }

        int columns = Math.Max(20, Console.BufferWidth - 1);
        if (line.Length > columns) line = line[..columns];
        string padded = line.PadRight(_width);
        _width = line.Length;
        _error.Write(_colour ? $"\r\e[36m{padded}\e[0m" : $"\r{padded}");
        _error.Flush();
    }
}
