using Pharos.Server.Commands.Tsdb;
using Pharos.Server.Flags;
using Pharos.Storage;

namespace Pharos.Server.Commands;

/// <summary><c>pharos tsdb …</c>: what is done with a data folder that no server has open. The commands of promtool have its flags and its output.</summary>
internal sealed class TsdbCommand : ICommand
{
    private const string Usage =
        """
        usage: pharos tsdb list [-r] [FOLDER]                      the blocks
               pharos tsdb analyze [FLAGS] [FOLDER] [BLOCK]        churn and cardinality of a block, the last one by default
               pharos tsdb dump [FLAGS] [FOLDER]                   all samples, of blocks and logs
               pharos tsdb dump-openmetrics [FLAGS] [FOLDER]       the same as OpenMetrics text
               pharos tsdb repair [--dry-run] FOLDER               mend what is damaged

        FOLDER is data/ by default. Only repair changes anything in it: it keeps all that is whole,
        and puts what it replaces aside in FOLDER/repair-TIME. With --dry-run it only says what it would do,
        and ends with 1 where there is anything.

        analyze:
          --limit=20                       lines of each list
          --extended                       look at the chunks too
          --match=SELECTOR                 only these series
        dump, dump-openmetrics:
          --min-time=MS, --max-time=MS     milliseconds since 1970
          --match=SELECTOR                 only these series; may be repeated
          --sandbox-dir-root=FOLDER        where to put the copy of the logs that is read; the folder itself by default
        dump:
          --format=prom|seriesjson         samples, or the label sets alone
        """;

    public string Name => "tsdb";

    public string Summary => "look into a data folder, and mend it: list, analyze, dump, repair";

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        string action = args.Length > 0 ? args[0] : "";
        try
        {
            return action switch
            {
                "list" => await TsdbList.RunAsync(args[1..], io, cancellationToken).ConfigureAwait(false),
                "analyze" => await TsdbAnalyze.RunAsync(args[1..], io, cancellationToken).ConfigureAwait(false),
                "repair" => await TsdbRepair.RunAsync(args[1..], io, cancellationToken).ConfigureAwait(false),
                "dump" => await TsdbDump.RunAsync(args[1..], asOpenMetrics: false, io, cancellationToken).ConfigureAwait(false),
                "dump-openmetrics" => await TsdbDump.RunAsync(args[1..], asOpenMetrics: true, io, cancellationToken).ConfigureAwait(false),
                _ => await ShowUsageAsync(action, io, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (FlagException exception)
        {
            await io.Error.WriteLineAsync($"pharos tsdb {action}: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Usage;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CorruptionException or DataFolderException)
        {
            await io.Error.WriteLineAsync($"pharos tsdb {action}: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    private static async Task<int> ShowUsageAsync(string action, CommandIo io, CancellationToken cancellationToken)
    {
        bool asksHelp = action is "--help" or "-h";
        await (asksHelp ? io.Out : io.Error).WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
        return asksHelp ? ExitCode.Success : ExitCode.Usage;
    }
}
