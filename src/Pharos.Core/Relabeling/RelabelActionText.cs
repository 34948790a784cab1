namespace Pharos.Core.Relabeling;

/// <summary>The names of the actions in configuration files.</summary>
public static class RelabelActionText
{
    private static readonly Dictionary<string, RelabelAction> ByName = Enum.GetValues<RelabelAction>()
        .Where(static a => a != RelabelAction.None)
        .ToDictionary(ToText, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name as upstream writes it, in lower case; empty for none.</summary>
    public static string ToText(this RelabelAction action) => action switch
    {
        RelabelAction.Replace => "replace",
        RelabelAction.Keep => "keep",
        RelabelAction.Drop => "drop",
        RelabelAction.KeepEqual => "keepequal",
        RelabelAction.DropEqual => "dropequal",
        RelabelAction.HashMod => "hashmod",
        RelabelAction.LabelMap => "labelmap",
        RelabelAction.LabelDrop => "labeldrop",
        RelabelAction.LabelKeep => "labelkeep",
        RelabelAction.Lowercase => "lowercase",
        RelabelAction.Uppercase => "uppercase",
        _ => "",
    };

    /// <summary>Reads a name in any case; upstream's message for others is <c>unknown relabel action "x"</c>.</summary>
    public static bool TryParse(string text, out RelabelAction action) => ByName.TryGetValue(text, out action);
}
