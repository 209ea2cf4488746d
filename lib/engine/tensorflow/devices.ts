/**
 * Devices found by TensorFlow.
 *
 * @module
 */
import type { Library } from "./library.ts";

/** A device. */
export interface Device {
  /** TensorFlow's full name of the device. */
  readonly name: string;
  /** `CPU` or `GPU`. */
  readonly type: string;
}

/**
 * Lists the devices of a context.
 *
 * @param library The loaded library.
 * @param context TensorFlow's eager context.
 * @returns The devices in TensorFlow's order.
 */
export function listDevices(library: Library, context: Deno.PointerValue): Device[] {
  const { core, status } = library;
  const list = core.TFE_ContextListDevices(context, status);
  library.check(() => "Listing devices");
  const text = (pointer: Deno.PointerValue) => new Deno.UnsafePointerView(pointer!).getCString();
  const devices = Array.from({ length: core.TF_DeviceListCount(list) }, (_, i) => ({
    name: text(core.TF_DeviceListName(list, i, status)),
    type: text(core.TF_DeviceListType(list, i, status)),
  }));
  core.TF_DeleteDeviceList(list);
  return devices;
}
