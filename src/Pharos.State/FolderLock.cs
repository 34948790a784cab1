using System.Buffers.Text;
using System.Text;
using Pharos.Core.Contracts;

namespace Pharos.State;

/// <summary>
/// The turn of one writer among all processes, held until disposed. The locked file also carries the last version given away, so that a version
/// never comes back after its document was deleted.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = ".lock";

    private const int WouldBlock = 11;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(10);

    private readonly FileStream _file;

    private FolderLock(FileStream file)
    {
        _file = file;
    }

    /// <exception cref="DocumentStoreException">Somebody else kept it for the whole of <paramref name="timeout"/>.</exception>
    public static async ValueTask<FolderLock> AcquireAsync(string folder, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, FileName);
        long start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(path, folder);
            }
            catch (IOException exception) when (exception.HResult == WouldBlock)
            {
                if (clock.GetElapsedTime(start) >= timeout)
                {
                    throw new DocumentStoreException($"{path}: another process has kept this lock for {timeout.TotalSeconds} seconds", exception);
                }
            }

            await Task.Delay(RetryDelay, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The last version given away; 0 when none was, or the file was lost or torn.</summary>
    public long ReadLastVersion()
    {
        Span<byte> text = stackalloc byte[20];
        int length = RandomAccess.Read(_file.SafeFileHandle, text, 0);
        return Utf8Parser.TryParse(text[..length], out long version, out _) && version > 0 ? version : 0;
    }

    /// <summary>Returns when it is on the disk.</summary>
    public void WriteLastVersion(long version)
    {
        byte[] text = Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{version}\n"));
        RandomAccess.Write(_file.SafeFileHandle, text, 0);
        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();

    private static FolderLock Open(string path, string folder)
    {
        var file = new FileStream(path, AtomicFile.WriteOptions(FileMode.OpenOrCreate));
        try
        {
            FileOwner.Inherit(path, folder);
            return new FolderLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
