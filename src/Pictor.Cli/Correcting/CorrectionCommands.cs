using System.CommandLine;
using Pictor.Cli.Terminal;

namespace Pictor.Cli.Correcting;

/// <summary>The commands by which people correct and keep.</summary>
internal static class CorrectionCommands
{
    public static IEnumerable<Command> All() =>
    [
        new Group(
            "tag", "Correct tags: add, remove, accept, reject, rename, merge.",
            new TagListCommand(),
            new TagChangeCommand("add", "Say that pictures show something.", "pictor tag add beach sunset.jpg", "pictor tag add beach --query sea"),
            new TagChangeCommand("remove", "Take a tag away wherever it is: one's own word is taken back, a model's is rejected.", "pictor tag remove cat 0123456789abcdef", "pictor tag remove cat --tagged dog"),
            new TagChangeCommand("accept", "Confirm a tag wherever a model gave it.", "pictor tag accept dog 0123456789abcdef", "pictor tag accept dog --query dog"),
            new TagChangeCommand("reject", "Say that pictures do not show something; no later run says it again.", "pictor tag reject cat 0123456789abcdef", "pictor tag reject cat --tagged dog"),
            new TagRenameCommand("rename", "Give a tag another word in the whole library; models that say the old one are heard as the new.", "pictor tag rename puppy --to dog", "pictor tag rename seaside --to beach"),
            new TagRenameCommand("merge", "Make one tag of several.", "pictor tag merge puppy hound --into dog", "pictor tag merge 小狗 puppy --into dog --library lib/")),
        new RateCommand(),
        new UndoCommand(),
        new HistoryCommand(),
        new Group(
            "collection", "Collections: by hand, or of a saved query.",
            new CollectionListCommand(), new CollectionShowCommand(), new CollectionCreateCommand(),
            new CollectionPutCommand("add", "Put pictures into a collection.", "pictor collection add Lisbon tram.jpg", "pictor collection add Lisbon --query tram"),
            new CollectionPutCommand("remove", "Take pictures out of a collection.", "pictor collection remove Lisbon tram.jpg", "pictor collection remove 3 0123456789abcdef"),
            new CollectionDeleteCommand()),
        new GroupsCommand(),
        new EnhanceCommand(),
    ];
}
