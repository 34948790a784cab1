using System.Text.Json;

namespace Pharos.Scrape.Loops;

/// <summary>
/// The file of <c>scrape_failure_log_file</c>: one JSON object a line for each body that could not be fetched. Opened anew at each change of
/// configuration, so that it can be moved away. Thread-safe; what cannot be written is lost and said once.
/// </summary>
internal sealed class FailureLog : IDisposable
{
    private readonly Lock _lock = new(); // guards the file
    private readonly TimeProvider _time;
    private readonly FileStream _file;
    private readonly Action<string> _failed;
    private bool _hasFailed;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be opened.</exception>
    public FailureLog(string path, TimeProvider time, Action<string> failed)
    {
        _time = time;
        _failed = failed;
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    public void Write(string job, string target, string error)
    {
        var entry = new Dictionary<string, string>
        {
            ["time"] = _time.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["level"] = "ERROR",
            ["msg"] = error,
            ["job_name"] = job,
            ["target"] = target,
        };
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry), (byte)'\n'];
        lock (_lock)
        {
            try
            {
                _file.Write(line);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                if (!_hasFailed)
                {
                    _hasFailed = true;
                    _failed($"scrape failure log {_file.Name}: {e.Message}");
                }
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
