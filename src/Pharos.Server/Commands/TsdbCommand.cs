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
               pharos tsdb create-blocks-from [FLAGS] openmetrics FILE [FOLDER]
                                                                   blocks of an OpenMetrics file
               pharos tsdb create-blocks-from rules --start=TIME [FLAGS] FILE...
                                                                   blocks of what recording rules would have recorded

        FOLDER is data/ by default. Only repair changes anything in it: it keeps all that is whole,
        and puts what it replaces aside in FOLDER/repair-TIME. With --dry-run it only says what it would do,
        and ends with 1 where there is anything. create-blocks-from adds blocks, which a server finds when
        it looks for blocks again.

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
        create-blocks-from:
          -r, --human-readable             print times and sizes for people
          -q, --quiet                      do not print the blocks
          --max-block-duration=2h          how long a block may be; less than 2h is 2h
          --label=NAME=VALUE               openmetrics: set on every series; may be repeated
          --start=TIME, --end=TIME         rules: from and to; to three hours ago by default
          --output-dir=data/               rules: the folder
          --eval-interval=60s              rules: of groups that name none
          --url=URL                        rules: the server that is asked, http://localhost:9090 by default;
                                           with --token-file, or --user and --password-file, as pharos query
        """;

    public string Name => "tsdb";

    public string Summary => "look into a data folder, mend it, fill it: list, analyze, dump, repair, create-blocks-from";

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
                "create-blocks-from" => await CreateBlocks.RunAsync(args[1..], io, cancellationToken).ConfigureAwait(false),
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
