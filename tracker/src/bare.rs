//! What a crate without `std` has to bring: an allocator and an end for panics.
//!
//! Neither is used. wasm-bindgen names `alloc`, so there must be an allocator, but nothing here takes
//! memory; and what could panic is refused by the workspace's lints. Should either happen, the wasm
//! traps, and `run` of `js/host.js` ends the call.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::unreachable;
use core::panic::PanicInfo;

/// An allocator that has nothing to give.
struct NoHeap;

#[global_allocator]
static NO_HEAP: NoHeap = NoHeap;

// SAFETY: it hands out no block, so there is none that could be wrong.
unsafe impl GlobalAlloc for NoHeap {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        unreachable()
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    unreachable()
}
