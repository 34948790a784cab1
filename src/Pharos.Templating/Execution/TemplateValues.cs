namespace Pharos.Templating.Execution;

/// <summary>What values are to templates.</summary>
internal static class TemplateValues
{
    /// <summary>The type as Go names it.</summary>
    public static string TypeName(object? value) => value switch
    {
        null => "<nil>",
        bool => "bool",
        long => "int",
        ulong => "uint64",
        double => "float64",
        string => "string",
        TemplateHtml => "template.HTML",
        TemplateList list => list.TypeName,
        TemplateMap map => map.TypeName,
        TemplateFunction => "func",
        ITemplateObject target => target.TypeName,
        _ => throw new ArgumentException($"{value.GetType()} is no value of templates"),
    };

    /// <summary>Not the zero of its type, and not empty.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool boolean => boolean,
        long whole => whole != 0,
        ulong whole => whole != 0,
        double real => real != 0,
        string text => text.Length > 0,
        TemplateHtml html => html.Text.Length > 0,
        TemplateList list => list.Items.Count > 0,
        TemplateMap map => map.Count > 0,
        _ => true,
    };

    /// <summary>Keys and items of what can be ranged over; null when it cannot.</summary>
    public static IEnumerable<(object? Key, object? Item)>? Enumerate(object? value) => value switch
    {
        null => [],
        TemplateList list => list.Items.Select(static (item, i) => ((object?)(long)i, item)),
        TemplateMap map => map.Entries.Select(static e => ((object?)e.Key, e.Value)),
        long count => Count(count),
        _ => null,
    };

    private static IEnumerable<(object? Key, object? Item)> Count(long count)
    {
        for (long i = 0; i < count; i++)
        {
            yield return (i, i);
        }
    }
}
