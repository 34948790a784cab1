namespace Pharos.Server.Access;

/// <summary>Puts the door into the pipeline.</summary>
internal static class PharosAccessExtensions
{
    /// <summary>
    /// Sign-in, then routing, then permissions. What stands before this must not answer anything; the application must not call
    /// <c>UseRouting</c> itself.
    /// </summary>
    public static void UsePharosAccess(this WebApplication application, PharosAccess access)
    {
        ILoggerFactory loggers = application.Services.GetRequiredService<ILoggerFactory>();
        TimeProvider clock = application.Services.GetService<TimeProvider>() ?? TimeProvider.System;
        var authentication = new AuthenticationStep(access, clock, loggers.CreateLogger<AuthenticationStep>());
        var authorization = new AuthorizationStep(access.ExternalUrl);
        application.Use(authentication.InvokeAsync);
        application.UseRouting();
        application.Use(authorization.InvokeAsync);
    }
}
