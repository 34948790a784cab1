using System.Globalization;
using Pharos.Config.Yaml;

namespace Pharos.Server.Configuration;

/// <summary>The <c>runtime</c> section: tuning of Go's collector, which has no meaning here and is kept for printing.</summary>
/// <param name="GoGc">Percent; -1 for off.</param>
public sealed record RuntimeConfig(int GoGc)
{
    private const int DefaultPercentage = 75;

    internal static RuntimeConfig Read(YamlMapping map, Func<string, string?> environment)
    {
        int value = map.Int("gogc", DefaultOf(environment("GOGC")));
        if (map.Has("gogc"))
        {
            map.Warn("gogc", "runtime.gogc has no meaning here: the memory is collected by .NET");
        }

        return new RuntimeConfig(value);
    }

    private static int DefaultOf(string? environment)
    {
        if (string.Equals(environment, "off", StringComparison.OrdinalIgnoreCase))
        {
            return -1;
        }

        return int.TryParse(environment, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int percentage) ? percentage : DefaultPercentage;
    }
}
