using System.Globalization;
using System.Net;
using EndpointStats.Traffic;

namespace EndpointStats.Hosting;

/// <summary>What the program was told: by <c>--name value</c> or <c>--name=value</c>, else by the environment (<c>ENDPOINT_STATS_NAME</c>), else the defaults.</summary>
internal sealed record Flags
{
    /// <summary>What <c>--help</c> shows.</summary>
    public const string Help =
        """
        usage: endpoint-stats [--port N] [--address IP] [--rate N] [--errors N] [--slowness N] [--seed N]
               endpoint-stats sink [--port N] [--address IP]

          --port      where it answers: 5000, the sink 5001; 0 takes a free one
          --address   the address it binds: 127.0.0.1
          --rate      requests a second that it sends to itself on average: 20; 0 sends none
          --errors    share of requests that fail, 0 to 1: 0
          --slowness  seconds that each request takes longer, 0 to 30: 0
          --seed      of everything that is random: 1

        Each flag may be given in the environment, as ENDPOINT_STATS_PORT. The sink lists the alerts that it is sent.

        """;

    /// <summary>The flags of the application.</summary>
    public static readonly IReadOnlyList<string> OfApplication = ["port", "address", "rate", "errors", "slowness", "seed"];

    /// <summary>The flags of the sink.</summary>
    public static readonly IReadOnlyList<string> OfSink = ["port", "address"];

    public bool IsHelp { get; init; }

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Null: the program's own default.</summary>
    public int? Port { get; init; }

    public int Seed { get; init; } = 1;

    public TrafficSettings Traffic { get; init; } = new(Errors: 0, Slowness: 0, Rate: 20);

    /// <summary>Reads the flags.</summary>
    /// <exception cref="FlagException">One is unknown, has no value, or a value out of its bounds.</exception>
    public static Flags Parse(IReadOnlyList<string> args, IReadOnlyList<string> known, Func<string, string?> environment)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in known)
        {
            if (environment("ENDPOINT_STATS_" + name.ToUpperInvariant()) is { Length: > 0 } value)
            {
                values[name] = value;
            }
        }

        bool isHelp = false;
        for (int i = 0; i < args.Count; i++)
        {
            string[] parts = args[i].Split('=', 2);
            string name = parts[0].StartsWith("--", StringComparison.Ordinal) ? parts[0][2..] : throw new FlagException($"unexpected {args[i]}; --help shows the flags");
            if (name == "help")
            {
                isHelp = true;
            }
            else if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new FlagException($"unknown flag --{name}; --help shows the flags");
            }
            else
            {
                values[name] = parts.Length > 1 ? parts[1] : ++i < args.Count ? args[i] : throw new FlagException($"--{name} needs a value");
            }
        }

        return Read(values) with { IsHelp = isHelp };
    }

    private static Flags Read(Dictionary<string, string> values)
    {
        var defaults = new Flags();
        var traffic = new TrafficSettings(
            Number(values, "errors", defaults.Traffic.Errors), Number(values, "slowness", defaults.Traffic.Slowness), Number(values, "rate", defaults.Traffic.Rate));
        if (traffic.Problem is { } problem)
        {
            throw new FlagException($"--{problem}");
        }

        return new Flags
        {
            Address = !values.TryGetValue("address", out string? address) ? defaults.Address
                : IPAddress.TryParse(address, out IPAddress? ip) ? ip : throw new FlagException($"--address {address} is no IP address"),
            Port = values.ContainsKey("port") ? Whole(values, "port", 0, IPEndPoint.MaxPort) : null,
            Seed = values.ContainsKey("seed") ? Whole(values, "seed", 0, int.MaxValue) : defaults.Seed,
            Traffic = traffic,
        };
    }

    private static double Number(Dictionary<string, string> values, string name, double otherwise) =>
        !values.TryGetValue(name, out string? text) ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
        : throw new FlagException($"--{name} {text} is no number");

    private static int Whole(Dictionary<string, string> values, string name, int min, int max) =>
        int.TryParse(values[name], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw new FlagException($"--{name} {values[name]} is not between {min} and {max}");
}
