using System.Security.Cryptography;
using System.Text;

namespace Pharos.Server.Lifecycle;

/// <summary><c>--config.auto-reload</c>: reloads when the content of a configuration file changed, one came or one went. A bad file is tried once.</summary>
internal sealed partial class ConfigWatcher : IAsyncDisposable
{
    private readonly ConfigReloader _reloader;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _clock;
    private readonly ILogger<ConfigWatcher> _logger;
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public ConfigWatcher(ConfigReloader reloader, TimeSpan interval, TimeProvider clock, ILogger<ConfigWatcher> logger)
    {
        _reloader = reloader;
        _interval = interval;
        _clock = clock;
        _logger = logger;
    }

    public void Start()
    {
        Log.Watching(_logger, _interval);
        _loop = WatchAsync(Checksum());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WatchAsync(string seen)
    {
        using var timer = new PeriodicTimer(_interval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                string now = Checksum();
                if (now != seen)
                {
                    await _reloader.ReloadAsync(_stop.Token).ConfigureAwait(false);

                    // A successful load may name other files.
                    seen = Checksum();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
    }

    private string Checksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in _reloader.Files())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path + "\n"));
            try
            {
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                hash.AppendData("unreadable"u8);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Automatic configuration file reloading enabled")]
        public static partial void Watching(ILogger logger, TimeSpan interval);
    }
}
