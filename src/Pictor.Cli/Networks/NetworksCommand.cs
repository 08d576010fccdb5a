using System.CommandLine;
using System.Globalization;
using System.Text;
using Pictor.Cli.Terminal;
using Pictor.Imaging;
using Pictor.Models.Networks;

namespace Pictor.Cli.Networks;

/// <summary><c>networks [NAME]</c>: the list, or one network layer by layer.</summary>
internal sealed class NetworksCommand : PictorCommand
{
    private const int UsualClasses = 10;
    private readonly Argument<string?> _name = new("name") { Description = "A network; without one, all are listed.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int?> _size = new("--size") { Description = "Input side in pixels; else the one it is usually shown with." };
    private readonly Option<int?> _channels = new("--channels") { Description = "1 (grey) or 3 (colour)." };
    private readonly Option<int?> _classes = new("--classes") { Description = "Number of classes (10)." };

    public NetworksCommand()
        : base("networks", "The networks that can be trained: layers, shapes, parameters, FLOPs.", "pictor networks", "pictor networks mnist-cnn --size 28 --classes 10")
    {
        Add(_name);
        Add(_size);
        Add(_channels);
        Add(_classes);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CommandOutput output, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_name) is not { } name)
        {
            output.Result(new { items = NetworkCatalog.All.Select(Listed) }, List);
            return Task.FromResult(ExitCode.Done);
        }

        PictureShape usual = Usual(name);
        int size = parsed.GetValue(_size) ?? usual.Height;
        var input = new PictureShape(parsed.GetValue(_channels) ?? usual.Channels, size, size);
        Network network = NetworkCatalog.Create(name, input, parsed.GetValue(_classes) ?? UsualClasses);
        output.Result(NetworkSummary.Of(network), () => NetworkSummary.ToText(network));
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>A family's member (resnet9-32) is shown with its family's input; an unknown name gets as far as the catalogue's own error.</summary>
    private static PictureShape Usual(string name) =>
        NetworkCatalog.All.FirstOrDefault(entry => name == entry.Name || name.StartsWith($"{entry.Name}-", StringComparison.Ordinal))?.Usual ?? new PictureShape(3, 32, 32);

    private static object Listed(NetworkEntry entry)
    {
        Network network = NetworkCatalog.Create(entry.Name, entry.Usual, UsualClasses);
        return new { entry.Name, entry.Description, input = entry.Usual.ToString(), classes = network.Classes, parameters = network.ParameterCount, flops = network.Flops };
    }

    private static string List()
    {
        var text = new StringBuilder();
        int width = NetworkCatalog.All.Max(entry => entry.Name.Length);
        foreach (NetworkEntry entry in NetworkCatalog.All)
        {
            Network network = NetworkCatalog.Create(entry.Name, entry.Usual, UsualClasses);
            text.AppendLine(CultureInfo.InvariantCulture, $"{entry.Name.PadRight(width)}  {network.ParameterCount,12:N0} parameters at {entry.Usual}  {entry.Description}");
        }

        return text.Append("'pictor networks NAME' prints one layer by layer.").ToString();
    }
}
