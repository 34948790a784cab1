using Pharos.Core.Contracts;
using Pharos.Server.Api.Ui;
using Pharos.Storage;

namespace Pharos.Server.Backup;

/// <summary><c>POST p/backup</c>: everything as an archive. One at a time.</summary>
internal sealed class BackupEndpoint
{
    private readonly Func<Tsdb?> _store;
    private readonly Func<IReadOnlyList<string>> _configurationFiles;
    private readonly string _dataFolder;
    private readonly BackupWriter _writer;
    private int _isBusy;

    /// <param name="store">Null while it is not open.</param>
    /// <param name="configurationFiles">The files of the configuration that runs, and others that the server was started with.</param>
    /// <param name="dataFolder">Of the server.</param>
    /// <param name="clock">Says when it was.</param>
    public BackupEndpoint(Func<Tsdb?> store, Func<IReadOnlyList<string>> configurationFiles, string dataFolder, TimeProvider clock)
    {
        _store = store;
        _configurationFiles = configurationFiles;
        _dataFolder = dataFolder;
        _writer = new BackupWriter(dataFolder, clock);
    }

    public void Map(IEndpointRouteBuilder administering) => administering.MapUi(HttpMethods.Post, "backup", WriteAsync);

    private async Task WriteAsync(HttpContext context)
    {
        Tsdb store = _store() ?? throw new StorageUnavailableException("the store is not open");
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            await UiError.WriteAsync(context, StatusCodes.Status409Conflict, "another backup is being written", "one is written at a time").ConfigureAwait(false);
            return;
        }

        try
        {
            // Only what was killed leaves something.
            BackupWriter.RemoveLeftovers(_dataFolder);
            context.Response.ContentType = "application/x-tar";
            await _writer.WriteAsync(store, _configurationFiles(), context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }
}
