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
    private static readonly NetworkEntry Unlisted = new("", "", new PictureShape(3, 32, 32));
    private readonly Argument<string?> _name = new("name") { Description = "A network; without one, all are listed.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int?> _size = new("--size") { Description = "Input side in pixels; else the one it is usually shown with." };
    private readonly Option<int?> _channels = new("--channels") { Description = "1 (grey) or 3 (colour)." };
    private readonly Option<int?> _classes = new("--classes") { Description = "Number of classes; else the one it is usually shown with (10, or 1000 for the networks of ImageNet)." };

    public NetworksCommand()
        : base("networks", "The networks that can be trained: layers, shapes, parameters, FLOPs.", "pictor networks", "pictor networks compact-48x3 --size 64 --classes 100")
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

        NetworkEntry usual = Usual(name);
        int size = parsed.GetValue(_size) ?? usual.Usual.Height;
        var input = new PictureShape(parsed.GetValue(_channels) ?? usual.Usual.Channels, size, size);
        Network network = NetworkCatalog.Create(name, input, parsed.GetValue(_classes) ?? usual.UsualClasses);
        output.Result(NetworkSummary.Of(network), () => NetworkSummary.ToText(network));
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>A family's member (resnet9-32) is shown as its family is; an unknown name gets as far as the catalogue's own error.</summary>
    private static NetworkEntry Usual(string name) =>
        NetworkCatalog.All.FirstOrDefault(entry => name == entry.Name)
        ?? NetworkCatalog.All.FirstOrDefault(entry => name.StartsWith($"{entry.Name}-", StringComparison.Ordinal)) ?? Unlisted;

    private static object Listed(NetworkEntry entry)
    {
        Network network = NetworkCatalog.Create(entry.Name, entry.Usual, entry.UsualClasses);
        return new { entry.Name, entry.Description, input = entry.Usual.ToString(), classes = network.Classes, parameters = network.ParameterCount, flops = network.Flops };
    }

    private static string List()
    {
        var text = new StringBuilder();
        int width = NetworkCatalog.All.Max(entry => entry.Name.Length);
        foreach (NetworkEntry entry in NetworkCatalog.All)
        {
            Network network = NetworkCatalog.Create(entry.Name, entry.Usual, entry.UsualClasses);
            text.AppendLine(CultureInfo.InvariantCulture, $"{entry.Name.PadRight(width)}  {network.ParameterCount,11:N0} parameters at {entry.Usual}, {network.Classes} classes  {entry.Description}");
        }

        return text.Append("'pictor networks NAME' prints one layer by layer.").ToString();
    }
}
