using System.Text.Json;
using Pharos.Config;
using Pharos.Rules.Files;
using Pharos.Server.Api;
using Pharos.Server.Backfill;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands.Tsdb;

/// <summary><c>pharos tsdb create-blocks-from rules</c>: blocks of what recording rules would have recorded, as <c>promtool tsdb create-blocks-from rules</c>.</summary>
internal static class CreateRuleBlocks
{
    // As upstream: what is newer a server may still have in its head.
    private static readonly TimeSpan DefaultAge = TimeSpan.FromHours(3);

    private static readonly FlagCatalog Flags = new(
    [
        .. ServerQuestion.Flags,
        new FlagDefinition("url", FlagKind.Text, "", ""),
        new FlagDefinition("start", FlagKind.Text, "", ""),
        new FlagDefinition("end", FlagKind.Text, "", ""),
        new FlagDefinition("output-dir", FlagKind.Text, "data/", ""),
        new FlagDefinition("eval-interval", FlagKind.GoDuration, "60s", ""),
        new FlagDefinition("max-block-duration", FlagKind.GoDuration, "0s", ""),
        new FlagDefinition("human-readable", FlagKind.Switch, "false", ""),
        new FlagDefinition("quiet", FlagKind.Switch, "false", ""),
    ]);

    public static async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(Flags, args);
        if (words.Count < 2)
        {
            throw new FlagException("expected rules and files", ExitCode.Usage);
        }

        long start = Time(flags, "start") ?? throw new FlagException("required flag --start not provided", ExitCode.Usage);
        long end = Time(flags, "end") ?? (io.Clock.GetUtcNow() - DefaultAge).ToUnixTimeSeconds();
        if (start >= end)
        {
            throw new FlagException("start time is not before end time", ExitCode.Failure);
        }

        string folder = Directory.CreateDirectory(flags.Get("output-dir")).FullName;
        string server = flags.IsGiven("url") ? flags.Get("url") : flags.Get("server");
        var backfill = new RuleBackfill(
            (form, token) => ServerQuestion.PostAsync(flags, server, "/api/v1/query_range", new Dictionary<string, string>(form), io.Clock, token),
            folder,
            OpenMetricsBackfill.BlockMs(flags.GetDuration("max-block-duration")),
            io.Clock);
        try
        {
            RuleFile[] files = [.. words.Skip(1).Select(static path => RuleFileReader.Load(path, new RuleFileOptions()))];
            foreach ((RuleFile file, RuleGroupConfig group) in files.SelectMany(static file => file.Groups.Select(group => (file, group))))
            {
                await backfill.RunAsync(file.Path, group, flags.GetDuration("eval-interval"), start, end, cancellationToken).ConfigureAwait(false);
            }

            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is ConfigException or InvalidDataException or JsonException || ServerQuestion.IsExpected(exception))
        {
            await io.Error.WriteLineAsync($"pharos tsdb create-blocks-from: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    private static long? Time(FlagValues flags, string name)
    {
        if (!flags.IsGiven(name))
        {
            return null;
        }

        try
        {
            return ApiTime.Parse(flags.Get(name)) / 1000;
        }
        catch (FormatException)
        {
            throw new FlagException($"--{name} is \"{flags.Get(name)}\": expected seconds since 1970, or a time as 2026-11-20T14:05:00Z", ExitCode.Usage);
        }
    }
}
