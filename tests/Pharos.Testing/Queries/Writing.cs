namespace Pharos.Testing.Queries;

/// <summary>How the small parts of queries are written.</summary>
internal static class Writing
{
    private static readonly (long Milliseconds, string Unit)[] Units = [(3_600_000, "h"), (60_000, "m"), (1000, "s"), (1, "ms")];

    /// <summary>A span in the largest unit that tells it exactly.</summary>
    public static string Duration(long milliseconds)
    {
        (long unit, string name) = Units.First(u => milliseconds % u.Milliseconds == 0);
        return $"{milliseconds / unit}{name}";
    }

    /// <summary>A label name, quoted where it is not of the old form.</summary>
    public static string Label(string name) => IsLegacy(name) ? name : Quote(name);

    /// <summary>Label names in parentheses.</summary>
    public static string Labels(IEnumerable<string> names) => $"({string.Join(", ", names.Select(Label))})";

    /// <summary>Whether a metric name may stand before the braces.</summary>
    public static bool IsLegacy(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':');

    /// <summary>A string literal.</summary>
    public static string Quote(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
