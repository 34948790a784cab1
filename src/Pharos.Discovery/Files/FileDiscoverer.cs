using System.IO.Enumeration;

namespace Pharos.Discovery.Files;

/// <summary>
/// Reads target files when they change, and again every refresh interval in case a change was not noticed. A file that cannot be read keeps its last
/// groups; a file that has gone takes them along.
/// </summary>
internal sealed class FileDiscoverer(FileDiscoveryConfig config, TimeProvider time) : IDiscoverer
{
    // A file is often written in several steps: wait until they are over.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, int> _groupCounts = new(StringComparer.Ordinal);

    public async Task RunAsync(ITargetGroupSink sink, CancellationToken cancellationToken)
    {
        using var changed = new SemaphoreSlim(0);
        List<FileSystemWatcher> watchers = Watch(changed);
        try
        {
            Refresh(sink);
            while (true)
            {
                await WaitAsync(changed, cancellationToken).ConfigureAwait(false);
                Refresh(sink);
            }
        }
        finally
        {
            watchers.ForEach(static w => w.Dispose());
        }
    }

    /// <summary>Reads every file once and says what changed.</summary>
    internal void Refresh(ITargetGroupSink sink)
    {
        var groups = new List<TargetGroup>();
        var errors = new List<string>();
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string path in Find(errors))
        {
            try
            {
                IReadOnlyList<TargetGroup> read = TargetFile.Read(path);
                groups.AddRange(read);
                found[path] = read.Count;
            }
            catch (DiscoveryException e)
            {
                errors.Add(e.Message);
                found[path] = _groupCounts.GetValueOrDefault(path);
            }
        }

        foreach ((string path, int before) in _groupCounts)
        {
            for (int i = found.GetValueOrDefault(path); i < before; i++)
            {
                groups.Add(TargetGroup.Gone(TargetFile.Source(path, i)));
            }
        }

        _groupCounts.Clear();
        foreach ((string path, int count) in found)
        {
            _groupCounts[path] = count;
        }

        sink.Update(groups);
        sink.ReportError(errors.Count == 0 ? null : string.Join("; ", errors));
    }

    private async Task WaitAsync(SemaphoreSlim changed, CancellationToken cancellationToken)
    {
        using var refresh = new CancellationTokenSource(config.RefreshInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(refresh.Token, cancellationToken);
        try
        {
            await changed.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }

        await Task.Delay(Quiet, time, cancellationToken).ConfigureAwait(false);
        while (changed.CurrentCount > 0)
        {
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private List<string> Find(List<string> errors)
    {
        var paths = new List<string>();
        foreach (string pattern in config.Files)
        {
            string name = Path.GetFileName(pattern);
            if (!name.Contains('*', StringComparison.Ordinal))
            {
                if (File.Exists(pattern))
                {
                    paths.Add(pattern);
                }

                continue;
            }

            try
            {
                string folder = Path.GetDirectoryName(pattern)!;
                if (Directory.Exists(folder))
                {
                    paths.AddRange(Directory.EnumerateFiles(folder)
                        .Where(p => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(p), ignoreCase: false)).Order(StringComparer.Ordinal));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                errors.Add($"{pattern}: {e.Message}");
            }
        }

        return paths;
    }

    // What cannot be watched (a folder that is not there yet, too many watches) is still read every refresh interval.
    private List<FileSystemWatcher> Watch(SemaphoreSlim changed)
    {
        var watchers = new List<FileSystemWatcher>();
        foreach (string folder in config.Files.Select(static f => Path.GetDirectoryName(f) ?? "/").Distinct(StringComparer.Ordinal))
        {
            try
            {
                var watcher = new FileSystemWatcher(folder);
                watchers.Add(watcher);
                watcher.Changed += (_, _) => changed.Release();
                watcher.Created += (_, _) => changed.Release();
                watcher.Deleted += (_, _) => changed.Release();
                watcher.Renamed += (_, _) => changed.Release();
                watcher.Error += (_, _) => changed.Release();
                watcher.EnableRaisingEvents = true;
            }
            catch (Exception e) when (e is ArgumentException or IOException)
            {
                continue;
            }
        }

        return watchers;
    }
}
