namespace Pharos.Server.Api.Ui;

/// <summary>The filesystem of a folder at one moment.</summary>
/// <param name="FreeBytes">What this process may still write.</param>
/// <param name="TotalBytes">Its size.</param>
internal sealed record DiskSpace(long FreeBytes, long TotalBytes)
{
    /// <summary>Null when it is not known.</summary>
    public static DiskSpace? Of(string folder)
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(folder));
            return new DiskSpace(drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
