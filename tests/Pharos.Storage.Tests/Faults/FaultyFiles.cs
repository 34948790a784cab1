using Pharos.Storage.Files;

namespace Pharos.Storage.Tests.Faults;

/// <summary>Real files on a disk that fills up and fails when the test says so. Nothing is forced to the real disk: nobody cuts its power.</summary>
internal sealed class FaultyFiles : IStoreFiles
{
    private readonly DiskFiles _disk = DiskFiles.Instance;
    private int _changes;

    /// <summary>Bytes that still fit; a write beyond them writes what fits and fails.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Whether cutting a file off fails.</summary>
    public bool CutFails { get; set; }

    /// <summary>Whether forcing to disk fails.</summary>
    public bool SyncFails { get; set; }

    /// <summary>Whether making a file fails.</summary>
    public bool CreateFails { get; set; }

    /// <summary>After so many changes every further one fails, as if the process had been killed there: what came before is on disk. A write of several bytes gets half done.</summary>
    public int StopAfter { get; set; } = int.MaxValue;

    /// <summary>How often a file was forced to disk.</summary>
    public int Syncs { get; private set; }

    /// <summary>Changes made so far, those that failed included.</summary>
    public int Changes => _changes;

    public IStoreFile Create(string path)
    {
        Count();
        return CreateFails ? throw new IOException("no space left on device") : new FaultyFile(this, _disk.Create(path));
    }

    public IStoreFile Open(string path) => new FaultyFile(this, _disk.Open(path));

    public void CreateFolder(string path)
    {
        Count();
        _disk.CreateFolder(path);
    }

    public void Move(string from, string to)
    {
        Count();
        _disk.Move(from, to);
    }

    public void Link(string from, string to)
    {
        Count();
        _disk.Link(from, to);
    }

    public void Delete(string path)
    {
        Count();
        _disk.Delete(path);
    }

    public void DeleteFolder(string path)
    {
        Count();
        _disk.DeleteFolder(path);
    }

    public void SyncFolder(string path)
    {
        Count();
        if (SyncFails)
        {
            throw new IOException("input/output error");
        }

    }

    private void Count()
    {
        if (!TryCount())
        {
            throw Stopped();
        }
    }

    private bool TryCount() => Interlocked.Increment(ref _changes) <= StopAfter;

    private static IOException Stopped() => new("input/output error: the process was killed here");

    private sealed class FaultyFile(FaultyFiles disk, IStoreFile file) : IStoreFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            if (!disk.TryCount())
            {
                if (disk.Changes == disk.StopAfter + 1)
                {
                    file.Write(bytes[..(bytes.Length / 2)], offset);
                }

                throw Stopped();
            }

            int fits = (int)Math.Min(bytes.Length, disk.Room);
            file.Write(bytes[..fits], offset);
            disk.Room -= fits;
            if (fits < bytes.Length)
            {
                throw new IOException("no space left on device");
            }
        }

        public void SetLength(long length)
        {
            disk.Count();
            if (disk.CutFails)
            {
                throw new IOException("input/output error");
            }

            file.SetLength(length);
        }

        public void Sync()
        {
            disk.Count();
            if (disk.SyncFails)
            {
                throw new IOException("input/output error");
            }

            disk.Syncs++;
        }

        public void Dispose() => file.Dispose();
    }
}
