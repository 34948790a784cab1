namespace Pharos.Server.Flags;

/// <summary>
/// Reads a command line as kingpin does: <c>--name=value</c>, <c>--name value</c>, <c>--name</c> and <c>--no-name</c> for booleans, <c>-h</c>,
/// <c>--</c> before words that are no flags.
/// </summary>
internal static class FlagParser
{
    /// <summary>Sorts the words into flags and others.</summary>
    /// <exception cref="FlagException">A flag is unknown, lacks its value, has a wrong one, or is given twice.</exception>
    public static (FlagValues Values, IReadOnlyList<string> Words) Parse(FlagCatalog catalog, IReadOnlyList<string> args)
    {
        var given = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var words = new List<string>();
        for (int i = 0; i < args.Count; i++)
        {
            string arg = args[i];
            if (arg == "--")
            {
                words.AddRange(args.Skip(i + 1));
                break;
            }

            if (!arg.StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(arg.StartsWith('-') && arg.Length > 1 ? throw new FlagException($"unknown short flag '{arg}'", exitCode: 1) : arg);
                continue;
            }

            int equals = arg.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? arg[2..] : arg[2..equals];
            string? value = equals < 0 ? null : arg[(equals + 1)..];
            (FlagDefinition flag, bool negated) = Find(catalog, name);
            if (flag.Kind == FlagKind.Switch)
            {
                value = SwitchText(name, value, negated);
            }
            else if (value is null)
            {
                i++;
                value = i < args.Count && !args[i].StartsWith('-') ? args[i] : throw new FlagException($"expected argument for flag '--{name}'", exitCode: 1);
            }

            Add(given, flag, FlagValue.Normalize(flag, value));
        }

        return (new FlagValues(catalog, given), words);
    }

    private static (FlagDefinition Flag, bool Negated) Find(FlagCatalog catalog, string name)
    {
        if (catalog.Find(name) is { } flag)
        {
            return (flag, false);
        }

        if (name.StartsWith("no-", StringComparison.Ordinal) && catalog.Find(name[3..]) is { Kind: FlagKind.Switch } negated)
        {
            return (negated, true);
        }

        string? nearest = NearestName.Find(name, catalog.All.Select(static f => f.Name));
        throw new FlagException($"unknown long flag '--{name}'" + (nearest is null ? "" : $", did you mean '--{nearest}'?"), exitCode: 1);
    }

    private static string SwitchText(string name, string? value, bool negated) =>
        value is null ? (negated ? "false" : "true") : throw new FlagException($"flag '--{name}' takes no value, but has {value}", exitCode: 1);

    private static void Add(Dictionary<string, List<string>> given, FlagDefinition flag, string value)
    {
        if (flag.LastCounts || !given.TryGetValue(flag.Name, out List<string>? values))
        {
            given[flag.Name] = [value];
            return;
        }

        if (!flag.Repeatable)
        {
            throw new FlagException($"flag '{flag.Name}' cannot be repeated", exitCode: 2);
        }

        values.Add(value);
    }
}
